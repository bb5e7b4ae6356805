package dev.ortune.ort;

import static dev.ortune.golden.Closeness.assertClose;

import dev.ortune.adapter.Adapter;
import dev.ortune.adapter.AdapterFolder;
import dev.ortune.adapter.GoldenAdapter;
import dev.ortune.base.BaseModel;
import dev.ortune.base.Origin;
import dev.ortune.checkpoint.OrtAdapter;
import dev.ortune.checkpoint.OrtAdapterFile;
import dev.ortune.export.ArtifactsExporter;
import dev.ortune.export.BuildInfo;
import dev.ortune.export.ExportOptions;
import dev.ortune.export.PreparedBase;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.TextInputs;
import dev.ortune.io.AtomicFiles;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.onnxruntime.OrtEnv;
import org.bytedeco.onnxruntime.OrtLoraAdapter;
import org.bytedeco.onnxruntime.OrtRunOptions;
import org.bytedeco.onnxruntime.OrtSession;
import org.bytedeco.onnxruntime.OrtSessionOptions;
import org.bytedeco.onnxruntime.global.onnxruntime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * ONNX Runtime runs an exported graph on a run's options alone, which name an adapter file, as any
 * program of any language would: nobody feeds the parameters.
 */
class AdapterFileTest {

    private static final List<String> INPUTS =
            List.of(
                    TextInputs.INPUT_IDS,
                    TextInputs.POSITION_IDS,
                    TextInputs.PAD_INDEX,
                    TextInputs.UNPAD_INDEX,
                    TextInputs.ATTENTION_BIAS,
                    TextInputs.CLS_INDEX);
    private static final List<String> OUTPUTS = List.of("logits");

    private final NativeApi api = NativeApi.load();

    @TempDir private Path folder;
    private OrtEnv environment;
    private OrtSessionOptions options;
    private OrtRunOptions runOptions;

    @BeforeEach
    void openRuntime() {
        try (PointerPointer<Pointer> out = new PointerPointer<>(1);
                BytePointer name = new BytePointer("test")) {
            api.check(api.api().CreateEnv(onnxruntime.ORT_LOGGING_LEVEL_ERROR, name, out));
            environment = new OrtEnv(out.get());
            api.check(api.api().CreateSessionOptions(out));
            options = new OrtSessionOptions(out.get());
            api.check(api.api().CreateRunOptions(out));
            runOptions = new OrtRunOptions(out.get());
        }
    }

    @AfterEach
    void closeRuntime() {
        api.api().ReleaseRunOptions(runOptions);
        api.api().ReleaseSessionOptions(options);
        api.api().ReleaseEnv(environment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"peft-distilbert", "peft-bert-no-pooler", "ortune-distilbert"})
    void theFileStandsInForTheParameters(String name) {
        GoldenAdapter golden = GoldenAdapter.named(name);
        Path artifacts = export(golden, name);
        try (PointerPointer<Pointer> out = new PointerPointer<>(1);
                Pointer model = NativeApi.path(artifacts.resolve("inference_model.onnx"));
                Pointer adapterFile = NativeApi.path(artifacts.resolve("model.onnx_adapter"))) {
            api.check(api.api().CreateSession(environment, model, options, out));
            OrtSession session = new OrtSession(out.get());
            api.check(api.api().CreateLoraAdapter(adapterFile, null, out));
            OrtLoraAdapter adapter = new OrtLoraAdapter(out.get());
            api.check(api.api().RunOptionsAddActiveLoraAdapter(runOptions, adapter));

            float[] logits = run(session, golden.tokenIds());

            int labels = golden.logits(0).length;
            for (int text = 0; text < golden.tokenIds().size(); text++) {
                float[] row = Arrays.copyOfRange(logits, text * labels, (text + 1) * labels);
                assertClose(name + " " + text, row, golden.logits(text), 1e-4);
            }
            api.api().ReleaseLoraAdapter(adapter);
            api.api().ReleaseSession(session);
        }
    }

    private float[] run(OrtSession session, List<int[]> texts) {
        List<long[]> rows =
                texts.stream().map(ids -> Arrays.stream(ids).asLongStream().toArray()).toList();
        NativeNames inputs = new NativeNames(INPUTS);
        NativeNames outputs = new NativeNames(OUTPUTS);
        try (NativeBatch batch = new NativeBatch(api, INPUTS, TextBatch.of(rows), OUTPUTS)) {
            api.check(
                    api.api()
                            .Run(
                                    session,
                                    runOptions,
                                    inputs.table(),
                                    batch.inputs(),
                                    batch.inputCount(),
                                    outputs.table(),
                                    batch.outputCount(),
                                    batch.outputs()));
            return batch.read().floats("logits");
        } finally {
            inputs.close();
            outputs.close();
        }
    }

    /** Stays under target/ for tools/oracle/check_exports.py. */
    private Path export(GoldenAdapter golden, String name) {
        Path artifacts = Path.of("target/golden/exports", name, "artifacts");
        Adapter adapter = AdapterFolder.read(golden.folder()).adapter();
        PreparedBase base = PreparedBase.create(name, golden.base(), folder);
        ClassifierOptions options = adapter.toOptions(base.model());
        new ArtifactsExporter(BuildInfo.read())
                .export(
                        new BaseModel(name, golden.base(), new Origin.LocalFolder()),
                        ExportOptions.of(options, OptionalInt.empty(), 0),
                        artifacts);
        OrtAdapter file = new OrtAdapter(1, 1, adapter.parametersFor(base.graphs(options).plan()));
        AtomicFiles.write(
                artifacts.resolve("model.onnx_adapter"), out -> OrtAdapterFile.write(out, file));
        return artifacts;
    }
}
