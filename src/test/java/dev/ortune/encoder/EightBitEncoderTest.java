package dev.ortune.encoder;

import static dev.ortune.golden.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.adapter.Adapter;
import dev.ortune.adapter.AdapterFolder;
import dev.ortune.adapter.GoldenAdapter;
import dev.ortune.export.PreparedBase;
import dev.ortune.graph.Precision;
import dev.ortune.ort.OrtRuntime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mixed batches on a base in eight bits answer nearly as PEFT does in float32. */
class EightBitEncoderTest {

    /** Of a text's largest logit; as {@code EightBitLogitsTest}, whose bases these are. */
    private static final double TOLERANCE = 0.05;

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"peft-distilbert", "peft-bert-no-pooler", "ortune-distilbert"})
    void theLogitsAreNearPeftsAlsoInOthersCompany(String name) {
        GoldenAdapter golden = GoldenAdapter.named(name);
        PreparedBase base = PreparedBase.create(name, golden.base(), folder);
        Adapter stranger = new RandomAdapters(base, 3).next(2, List.of("all-linear"), 4, Set.of());
        OrtRuntime runtime = OrtRuntime.open(1);
        try (runtime;
                BaseEncoder encoder = new BaseEncoder(runtime, base, Precision.INT8);
                ResidentAdapter other = encoder.place(stranger);
                ResidentAdapter own =
                        encoder.place(AdapterFolder.read(golden.folder()).adapter())) {
            for (int text = 0; text < golden.tokenIds().size(); text++) {
                int[] tokens = golden.tokenIds().get(text);
                String what = name + " " + text;
                float[] alone = encoder.logits(List.of(new EncodedText(tokens, own))).get(0);
                assertClose(what, alone, golden.logits(text), TOLERANCE);
                assertThat(alone).isNotEqualTo(golden.logits(text));
                List<EncodedText> mixed = new ArrayList<>();
                mixed.add(new EncodedText(tokens, other));
                mixed.add(new EncodedText(tokens, own));
                assertClose(what, encoder.logits(mixed).get(1), golden.logits(text), 2 * TOLERANCE);
            }
        }
        assertThat(runtime.openHandles()).isZero();
    }
}
