package dev.ortune.serve;

import static dev.ortune.golden.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.adapter.Adapter;
import dev.ortune.adapter.AdapterFolder;
import dev.ortune.adapter.GoldenAdapter;
import dev.ortune.export.PreparedBase;
import dev.ortune.golden.TestDevice;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.ort.OrtRuntime;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Adapters by PEFT in our runtime, and ours in PEFT: the same logits. */
class AdapterLogitsEqualPeftTest {

    @ParameterizedTest
    @ValueSource(strings = {"peft-distilbert", "peft-bert-no-pooler", "ortune-distilbert"})
    void theLogitsAreThoseOfPeft(String name, @TempDir Path folder) {
        GoldenAdapter golden = GoldenAdapter.named(name);
        PreparedBase base = PreparedBase.create(name, golden.base(), folder);
        Adapter adapter = AdapterFolder.read(golden.folder()).adapter();
        ClassifierOptions options = adapter.toOptions(base.model());
        OrtRuntime runtime = TestDevice.open();
        try (runtime;
                ClassifierSession session =
                        new ClassifierSession(
                                runtime,
                                base,
                                options,
                                adapter.parametersFor(base.graphs(options).plan()))) {
            List<float[]> logits = session.logits(golden.tokenIds());
            assertThat(logits).hasSizeGreaterThan(2);
            for (int text = 0; text < logits.size(); text++) {
                assertClose(name + " " + text, logits.get(text), golden.logits(text), 1e-4);
            }
        }
        assertThat(runtime.openHandles()).isZero();
    }
}
