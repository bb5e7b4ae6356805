package dev.ortune.ort;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.base.BaseModel;
import dev.ortune.base.Origin;
import dev.ortune.export.ArtifactsExporter;
import dev.ortune.export.BuildInfo;
import dev.ortune.export.ExportOptions;
import dev.ortune.golden.GoldenCase;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.javacpp.SizeTPointer;
import org.bytedeco.onnxruntime.OrtCheckpointState;
import org.bytedeco.onnxruntime.OrtEnv;
import org.bytedeco.onnxruntime.OrtSession;
import org.bytedeco.onnxruntime.OrtSessionOptions;
import org.bytedeco.onnxruntime.OrtTrainingSession;
import org.bytedeco.onnxruntime.global.onnxruntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * ONNX Runtime opens an exported folder by its paths alone, as any program of any language would,
 * finding the weights beside the graphs.
 */
class ExportedArtifactsTest {

    private final NativeApi api = NativeApi.load();

    @TempDir private Path folder;
    private OrtEnv environment;
    private OrtSessionOptions options;

    @BeforeEach
    void openRuntime() {
        try (PointerPointer<Pointer> out = new PointerPointer<>(1);
                BytePointer name = new BytePointer("test")) {
            api.check(api.api().CreateEnv(onnxruntime.ORT_LOGGING_LEVEL_ERROR, name, out));
            environment = new OrtEnv(out.get());
            api.check(api.api().CreateSessionOptions(out));
            options = new OrtSessionOptions(out.get());
        }
    }

    @AfterEach
    void closeRuntime() {
        api.api().ReleaseSessionOptions(options);
        api.api().ReleaseEnv(environment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"distilbert-q-r4-recipe", "bert-no-pooler-all-r1-multi-label"})
    void theFolderOpensAsATrainingSession(String name) {
        export(name);
        try (PointerPointer<Pointer> out = new PointerPointer<>(1);
                Pointer checkpoint = path("checkpoint");
                Pointer training = path("training_model.onnx");
                Pointer evaluation = path("eval_model.onnx");
                Pointer optimizer = path("optimizer_model.onnx");
                SizeTPointer count = new SizeTPointer(1)) {
            api.check(api.training().LoadCheckpoint(checkpoint, out));
            OrtCheckpointState state = new OrtCheckpointState(out.get());
            api.check(
                    api.training()
                            .CreateTrainingSession(
                                    environment,
                                    options,
                                    state,
                                    training,
                                    evaluation,
                                    optimizer,
                                    out));
            OrtTrainingSession session = new OrtTrainingSession(out.get());
            api.check(api.training().GetParametersSize(session, count, true));

            assertThat(count.get())
                    .isEqualTo(GoldenCase.named(name).json().path("trainable_parameters").asLong());

            api.training().ReleaseTrainingSession(session);
            api.training().ReleaseCheckpointState(state);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"distilbert-q-r4-recipe", "bert-no-pooler-all-r1-multi-label"})
    void theForwardGraphsOpenAsInferenceSessions(String name) {
        export(name);
        for (String file : new String[] {"inference_model.onnx", "eval_model.onnx"}) {
            try (PointerPointer<Pointer> out = new PointerPointer<>(1);
                    Pointer model = path(file)) {
                api.check(api.api().CreateSession(environment, model, options, out));
                api.api().ReleaseSession(new OrtSession(out.get()));
            }
        }
    }

    private void export(String name) {
        GoldenCase golden = GoldenCase.named(name);
        new ArtifactsExporter(BuildInfo.read())
                .export(
                        new BaseModel(name, golden.base(), new Origin.LocalFolder()),
                        ExportOptions.of(golden.options(), OptionalInt.empty(), 0),
                        folder.resolve("artifacts"));
    }

    private Pointer path(String file) {
        return NativeApi.path(folder.resolve("artifacts").resolve(file));
    }
}
