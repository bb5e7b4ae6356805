package dev.ortune.ort;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.export.PreparedBase;
import dev.ortune.golden.GoldenCase;
import dev.ortune.golden.TestDevice;
import dev.ortune.graph.ClassifierGraphs;
import dev.ortune.onnx.proto.ModelProto;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs with the parameters bound once give what runs that are handed the parameters give, batches of
 * different shapes in turn and at once.
 */
class BoundRunTest {

    private static final GoldenCase GOLDEN = GoldenCase.named("distilbert-q-r4-recipe");
    private static final List<Integer> LENGTHS = List.of(3, 17, 1, 9, 17, 2);

    @TempDir private Path folder;
    private PreparedBase base;
    private ModelProto model;
    private final Map<String, HostTensor> parameters = new LinkedHashMap<>();

    @BeforeEach
    void prepare() {
        base = PreparedBase.create("golden", GOLDEN.base(), folder);
        ClassifierGraphs graphs = base.graphs(GOLDEN.options());
        model = graphs.inference();
        for (FloatTensor tensor : GOLDEN.tensors("eval3/", graphs.plan().parameters())) {
            parameters.put(tensor.name(), new HostTensor.Floats(tensor.shape(), tensor.values()));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void fixedParametersGiveWhatGivenParametersGive(boolean bound) {
        OrtRuntime runtime = TestDevice.open();
        try (runtime;
                InferenceSession given =
                        runtime.openInference(model, base.directory(), Map.of(), false);
                InferenceSession fixed =
                        runtime.openInference(model, base.directory(), parameters, bound)) {
            for (int length : LENGTHS) {
                Map<String, HostTensor> inputs = new LinkedHashMap<>(text(length));
                float[] logits = logits(fixed, inputs);
                inputs.putAll(parameters);
                assertThat(logits).hasSize(4).isEqualTo(logits(given, inputs));
            }
        }
        assertThat(runtime.openHandles()).isZero();
    }

    @Test
    void boundRunsOfSeveralThreadsDoNotMix() {
        try (OrtRuntime runtime = TestDevice.open();
                InferenceSession bound =
                        runtime.openInference(model, base.directory(), parameters, true)) {
            List<float[]> alone =
                    LENGTHS.stream().map(length -> logits(bound, text(length))).toList();
            List<float[]> together =
                    IntStream.range(0, 60)
                            .parallel()
                            .mapToObj(i -> logits(bound, text(LENGTHS.get(i % LENGTHS.size()))))
                            .toList();
            for (int i = 0; i < together.size(); i++) {
                assertThat(together.get(i)).isEqualTo(alone.get(i % alone.size()));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anInputThatIsLeftOutIsNamed(boolean bound) {
        try (OrtRuntime runtime = TestDevice.open();
                InferenceSession session =
                        runtime.openInference(model, base.directory(), parameters, bound)) {
            Map<String, HostTensor> inputs = new LinkedHashMap<>(text(5));
            inputs.remove("input_ids");
            assertThatThrownBy(() -> session.run(inputs)).hasMessageContaining("input_ids");
            assertThat(logits(session, text(5))).hasSize(4);
        }
    }

    private static float[] logits(InferenceSession session, Map<String, HostTensor> inputs) {
        return session.run(inputs).floats(ClassifierGraphs.LOGITS);
    }

    /** Two texts, one of the given length. */
    private static Map<String, HostTensor> text(int length) {
        long[] ids = IntStream.range(0, length).mapToLong(i -> 2 + i % 7).toArray();
        return TextBatch.of(List.of(ids, new long[] {2, 5, 3}));
    }
}
