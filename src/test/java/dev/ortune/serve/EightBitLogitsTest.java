package dev.ortune.serve;

import static dev.ortune.golden.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.adapter.Adapter;
import dev.ortune.adapter.AdapterFolder;
import dev.ortune.adapter.GoldenAdapter;
import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.export.PreparedBase;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.Precision;
import dev.ortune.ort.OrtRuntime;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A base in eight bits answers nearly as in float32, with the adapter's own values untouched. */
class EightBitLogitsTest {

    /**
     * Of the text's largest logit. Seen are 0.025, 0.022 and 0.038: these bases have random weights,
     * 32 wide, so that hardly any rounding cancels out.
     */
    private static final double TOLERANCE = 0.05;

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"peft-distilbert", "peft-bert-no-pooler", "ortune-distilbert"})
    void theLogitsAreNearThoseInFloat32(String name) {
        GoldenAdapter golden = GoldenAdapter.named(name);
        PreparedBase base = PreparedBase.create(name, golden.base(), folder);
        Adapter adapter = AdapterFolder.read(golden.folder()).adapter();
        ClassifierOptions options = adapter.toOptions(base.model());
        List<FloatTensor> parameters = adapter.parametersFor(base.graphs(options).plan());
        List<int[]> texts = golden.tokenIds();
        OrtRuntime runtime = OrtRuntime.open(1);
        try (runtime;
                ClassifierSession float32 =
                        new ClassifierSession(runtime, base, options, parameters);
                ClassifierSession int8 =
                        new ClassifierSession(runtime, base, options, parameters, Precision.INT8);
                ClassifierSession again =
                        new ClassifierSession(runtime, base, options, parameters, Precision.INT8)) {
            List<float[]> exact = float32.logits(texts);
            List<float[]> near = int8.logits(texts);
            List<float[]> equal = again.logits(texts);
            for (int text = 0; text < texts.size(); text++) {
                assertClose(name + " " + text, near.get(text), exact.get(text), TOLERANCE);
                assertThat(near.get(text)).isNotEqualTo(exact.get(text));
                assertThat(equal.get(text)).isEqualTo(near.get(text));
            }
        }
        assertThat(runtime.openHandles()).isZero();
    }
}
