package dev.ortune.serve;

import static dev.ortune.golden.Closeness.assertClose;

import dev.ortune.adapter.Adapter;
import dev.ortune.adapter.AdapterFolder;
import dev.ortune.adapter.GoldenAdapter;
import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.checkpoint.TensorShape;
import dev.ortune.export.MergedModel;
import dev.ortune.export.PreparedBase;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.io.AtomicFiles;
import dev.ortune.onnx.proto.ModelProto;
import dev.ortune.ort.HostTensor;
import dev.ortune.ort.InferenceSession;
import dev.ortune.ort.OrtRuntime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The one file answers as base and adapter do, whatever way its texts are padded. */
class MergedModelEqualsAdapterTest {

    private static final double TOLERANCE = 1e-4;

    /** Any id that is in no padding: what stands under the mask must play no part. */
    private static final long JUNK = 7;

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"peft-distilbert", "peft-bert-no-pooler", "ortune-distilbert"})
    void theLogitsAreThoseOfTheSession(String name) throws IOException {
        GoldenAdapter golden = GoldenAdapter.named(name);
        List<int[]> texts = golden.tokenIds();
        try (OrtRuntime runtime = OrtRuntime.open(1);
                Exported exported = export(runtime, golden, name)) {
            List<float[]> expected = exported.session().logits(texts);
            for (Padding padding : Padding.values()) {
                List<float[]> logits = exported.run(texts, padding);
                for (int text = 0; text < texts.size(); text++) {
                    String what = name + " " + padding + " " + text;
                    assertClose(what, logits.get(text), expected.get(text), TOLERANCE);
                    assertClose(what, logits.get(text), golden.logits(text), TOLERANCE);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"peft-distilbert", "peft-bert-no-pooler"})
    void aTextAloneNeedsNoPadding(String name) throws IOException {
        GoldenAdapter golden = GoldenAdapter.named(name);
        try (OrtRuntime runtime = OrtRuntime.open(1);
                Exported exported = export(runtime, golden, name)) {
            List<int[]> texts = golden.tokenIds();
            for (int text = 0; text < texts.size(); text++) {
                List<float[]> alone = exported.run(List.of(texts.get(text)), Padding.RIGHT);
                assertClose(name, alone.get(0), golden.logits(text), TOLERANCE);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"peft-distilbert", "peft-bert-no-pooler"})
    void aRowWithoutARealTokenAnswersForItsFirstIdAndDisturbsNoOther(String name)
            throws IOException {
        GoldenAdapter golden = GoldenAdapter.named(name);
        try (OrtRuntime runtime = OrtRuntime.open(1);
                Exported exported = export(runtime, golden, name)) {
            int[] text = golden.tokenIds().get(0);
            float[] first = exported.session().logits(List.of(new int[] {text[0]})).get(0);
            float[] whole = golden.logits(0);
            long[] ids = Arrays.stream(text).asLongStream().toArray();
            long[] nothing = new long[ids.length];
            long[] all = new long[ids.length];
            Arrays.fill(all, 1);

            List<float[]> logits =
                    exported.run(List.of(ids, ids, ids), List.of(nothing, all, nothing));
            assertClose("before", logits.get(0), first, TOLERANCE);
            assertClose("between", logits.get(1), whole, TOLERANCE);
            assertClose("after", logits.get(2), first, TOLERANCE);
            assertClose(
                    "alone", exported.run(List.of(ids), List.of(nothing)).get(0), first, TOLERANCE);
        }
    }

    /** Stays under target/ for tools/oracle/check_exports.py. */
    private Exported export(OrtRuntime runtime, GoldenAdapter golden, String name)
            throws IOException {
        PreparedBase base = PreparedBase.create(name, golden.base(), folder);
        Adapter adapter = AdapterFolder.read(golden.folder()).adapter();
        ClassifierOptions options = adapter.toOptions(base.model());
        List<FloatTensor> parameters = adapter.parametersFor(base.graphs(options).plan());
        Path file = Path.of("target/golden/exports", name, "model.onnx");
        AtomicFiles.write(file, out -> MergedModel.write(out, base, options, parameters));
        ModelProto model = ModelProto.parseFrom(Files.readAllBytes(file));
        return new Exported(
                runtime.openInference(model, folder),
                new ClassifierSession(runtime, base, options, parameters),
                options.labels().size());
    }

    private enum Padding {
        RIGHT,
        LEFT,
        BOTH,
        /** More than any text needs, as {@code padding="max_length"} has it. */
        MUCH;

        int before(int missing) {
            return switch (this) {
                case RIGHT, MUCH -> 0;
                case LEFT -> missing;
                case BOTH -> missing / 2;
            };
        }

        int width(int longest) {
            return this == MUCH ? longest + 5 : longest;
        }
    }

    private record Exported(InferenceSession merged, ClassifierSession session, int labels)
            implements AutoCloseable {

        List<float[]> run(List<int[]> texts, Padding padding) {
            int longest = texts.stream().mapToInt(text -> text.length).max().orElseThrow();
            int width = padding.width(longest);
            List<long[]> ids = new ArrayList<>();
            List<long[]> masks = new ArrayList<>();
            for (int[] text : texts) {
                int before = padding.before(width - text.length);
                long[] row = new long[width];
                long[] mask = new long[width];
                Arrays.fill(row, JUNK);
                for (int i = 0; i < text.length; i++) {
                    row[before + i] = text[i];
                    mask[before + i] = 1;
                }
                ids.add(row);
                masks.add(mask);
            }
            return run(ids, masks);
        }

        List<float[]> run(List<long[]> ids, List<long[]> masks) {
            float[] logits =
                    merged.run(Map.of("input_ids", rows(ids), "attention_mask", rows(masks)))
                            .floats("logits");
            List<float[]> split = new ArrayList<>();
            for (int row = 0; row < ids.size(); row++) {
                split.add(Arrays.copyOfRange(logits, row * labels, (row + 1) * labels));
            }
            return split;
        }

        private static HostTensor rows(List<long[]> rows) {
            return new HostTensor.Longs(
                    TensorShape.of(rows.size(), rows.get(0).length),
                    rows.stream().flatMapToLong(Arrays::stream).toArray());
        }

        @Override
        public void close() {
            session.close();
            merged.close();
        }
    }
}
