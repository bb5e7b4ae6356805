package dev.ortune.encoder;

import static dev.ortune.golden.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.adapter.Adapter;
import dev.ortune.adapter.AdapterConfig;
import dev.ortune.adapter.AdapterFolder;
import dev.ortune.adapter.GoldenAdapter;
import dev.ortune.adapter.OpenAdapter;
import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.export.PreparedBase;
import dev.ortune.golden.GoldenCase;
import dev.ortune.golden.TestDevice;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.ort.OrtRuntime;
import dev.ortune.serve.ClassifierSession;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A batch of many adapters answers as each adapter does alone, on the ordinary graph. */
class MixedBatchTest {

    private static final double TOLERANCE = 1e-4;

    @TempDir private Path folder;
    private OrtRuntime runtime;

    @BeforeEach
    void open() {
        runtime = TestDevice.open();
    }

    @AfterEach
    void nothingStaysOpen() {
        runtime.close();
        assertThat(runtime.openHandles()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"distilbert-tiny", "bert-tiny", "bert-tiny-no-pooler"})
    void ranksTargetsAndLabelCountsMayDiffer(String name) {
        PreparedBase base = PreparedBase.create(name, GoldenCase.base(name), folder);
        boolean bert = name.startsWith("bert");
        RandomAdapters random = new RandomAdapters(base, 7);
        String query = bert ? "query" : "q_lin";
        String value = bert ? "value" : "v_lin";
        String wide = bert ? "intermediate.dense" : "lin1";
        Set<String> saved = bert ? Set.of("pooler") : Set.of();
        List<Adapter> adapters =
                List.of(
                        random.next(4, List.of(query), 2, Set.of()),
                        random.next(1, List.of(query), 7, Set.of()),
                        random.next(8, List.of(query, value), 3, saved),
                        random.next(2, List.of(wide), 2, Set.of()),
                        random.next(3, List.of("all-linear"), 5, Set.of()));
        try (BaseEncoder encoder = new BaseEncoder(runtime, base)) {
            List<ResidentAdapter> resident = adapters.stream().map(encoder::place).toList();
            List<int[]> texts = random.texts(40, 20);
            SplittableRandom choice = new SplittableRandom(1);
            List<Integer> chosen = texts.stream().map(text -> choice.nextInt(5)).toList();

            // Batches of one text, of few and of all: with one adapter, some or all of them.
            for (int size : List.of(1, 3, 40)) {
                for (int from = 0; from + size <= texts.size(); from += size) {
                    List<EncodedText> batch = new ArrayList<>();
                    for (int i = from; i < from + size; i++) {
                        batch.add(new EncodedText(texts.get(i), resident.get(chosen.get(i))));
                    }
                    List<float[]> together = encoder.logits(batch);
                    for (int i = 0; i < size; i++) {
                        float[] alone =
                                alone(
                                        base,
                                        adapters.get(chosen.get(from + i)),
                                        texts.get(from + i));
                        assertClose(name + " " + (from + i), together.get(i), alone, TOLERANCE);
                    }
                }
            }
            resident.forEach(ResidentAdapter::close);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"peft-distilbert", "peft-bert-no-pooler", "ortune-distilbert"})
    void theLogitsAreThoseOfPeftAlsoInOthersCompany(String name) {
        GoldenAdapter golden = GoldenAdapter.named(name);
        PreparedBase base = PreparedBase.create(name, golden.base(), folder);
        Adapter stranger = new RandomAdapters(base, 3).next(2, List.of("all-linear"), 4, Set.of());
        try (BaseEncoder encoder = new BaseEncoder(runtime, base);
                ResidentAdapter other = encoder.place(stranger);
                OpenAdapter stored = AdapterFolder.open(golden.folder());
                ResidentAdapter own = encoder.place(stored)) {
            List<EncodedText> batch = new ArrayList<>();
            for (int[] text : golden.tokenIds()) {
                batch.add(new EncodedText(text, other));
                batch.add(new EncodedText(text, own));
            }
            List<float[]> logits = encoder.logits(batch);
            assertThat(logits).hasSizeGreaterThan(4);
            for (int text = 0; text < golden.tokenIds().size(); text++) {
                EncodedText lone = new EncodedText(golden.tokenIds().get(text), own);
                assertClose(
                        name + " " + text + " alone",
                        encoder.logits(List.of(lone)).get(0),
                        golden.logits(text),
                        TOLERANCE);
            }
            for (int text = 0; text < logits.size() / 2; text++) {
                assertClose(
                        name + " " + text,
                        logits.get(2 * text + 1),
                        golden.logits(text),
                        TOLERANCE);
            }
        }
    }

    @Test
    void moreCombinationsOfLayersThanSessionsAreServedToo() {
        PreparedBase base = PreparedBase.create("b", GoldenCase.base("distilbert-tiny"), folder);
        RandomAdapters random = new RandomAdapters(base, 11);
        List<String> kinds = List.of("q_lin", "k_lin", "v_lin", "out_lin", "lin1", "lin2");
        int[] text = random.texts(1, 20).get(0);
        try (BaseEncoder encoder = new BaseEncoder(runtime, base)) {
            for (int first = 0; first < kinds.size(); first++) {
                for (int second = first; second < kinds.size(); second++) {
                    Adapter adapter =
                            random.next(
                                    2, List.of(kinds.get(first), kinds.get(second)), 2, Set.of());
                    try (ResidentAdapter resident = encoder.place(adapter)) {
                        assertClose(
                                kinds.get(first) + kinds.get(second),
                                encoder.logits(List.of(new EncodedText(text, resident))).get(0),
                                alone(base, adapter, text),
                                TOLERANCE);
                    }
                }
            }
        }
    }

    @Test
    void anAdapterThatOverflowsHarmsItselfOnly() {
        PreparedBase base = PreparedBase.create("b", GoldenCase.base("distilbert-tiny"), folder);
        RandomAdapters random = new RandomAdapters(base, 5);
        Adapter good = random.next(2, List.of("all-linear"), 3, Set.of());
        Adapter bad = random.next(2, List.of("all-linear"), 3, Set.of());
        for (FloatTensor tensor : bad.parameters()) {
            java.util.Arrays.fill(tensor.values(), 1e38f);
        }
        List<int[]> texts = random.texts(12, 20);
        try (BaseEncoder encoder = new BaseEncoder(runtime, base);
                ResidentAdapter one = encoder.place(good);
                ResidentAdapter other =
                        encoder.place(new Adapter(unscaled(bad), bad.labels(), bad.parameters()))) {
            List<EncodedText> batch = new ArrayList<>();
            texts.forEach(
                    text -> batch.add(new EncodedText(text, batch.size() % 2 == 0 ? other : one)));
            List<float[]> logits = encoder.logits(batch);
            for (int i = 0; i < batch.size(); i++) {
                if (i % 2 == 0) {
                    assertThat(logits.get(i)[0]).isNaN();
                } else {
                    assertClose(
                            "text " + i, logits.get(i), alone(base, good, texts.get(i)), TOLERANCE);
                }
            }
        }
    }

    private static AdapterConfig unscaled(Adapter adapter) {
        AdapterConfig config = adapter.config();
        return new AdapterConfig(
                config.baseModel(),
                config.rank(),
                config.rank(),
                0,
                config.targetModules(),
                config.modulesToSave());
    }

    private float[] alone(PreparedBase base, Adapter adapter, int[] text) {
        ClassifierOptions options = adapter.toOptions(base.model());
        try (ClassifierSession session =
                new ClassifierSession(
                        runtime,
                        base,
                        options,
                        adapter.parametersFor(base.graphs(options).plan()))) {
            return session.logits(List.of(text)).get(0);
        }
    }
}
