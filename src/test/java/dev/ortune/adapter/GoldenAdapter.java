package dev.ortune.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.checkpoint.TensorShape;
import dev.ortune.dataset.DatasetSource;
import dev.ortune.evaluation.ConfusionMatrix;
import dev.ortune.evaluation.LabelMetrics;
import dev.ortune.evaluation.SingleLabelEvaluation;
import dev.ortune.export.PreparedBase;
import dev.ortune.golden.GoldenCase;
import dev.ortune.graph.AdapterPlan;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.LoraOptions;
import dev.ortune.graph.TrainableParameter;
import dev.ortune.tokenizer.TruncationSide;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Adapter folders with logits by PEFT (tools/oracle/README.md), and the one that we write. */
public record GoldenAdapter(Path folder) {

    private static final Path FOLDER = Path.of("test/resources/golden/adapters");

    /** One that stands in the repository. */
    public static GoldenAdapter named(String name) {
        return new GoldenAdapter(FOLDER.resolve(name));
    }

    /** The folder of its base. */
    public Path base() {
        return GoldenCase.base(expected().path("base").asText());
    }

    /** The token ids that PEFT was given. */
    public List<int[]> tokenIds() {
        List<int[]> texts = new ArrayList<>();
        for (JsonNode row : expected().path("input_ids")) {
            int[] ids = new int[row.size()];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = row.get(i).asInt();
            }
            texts.add(ids);
        }
        return texts;
    }

    /** PEFT's logits of one text. */
    public float[] logits(int text) {
        JsonNode row = expected().path("logits").path(text);
        float[] logits = new float[row.size()];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) row.get(i).asDouble();
        }
        return logits;
    }

    private JsonNode expected() {
        try {
            return new ObjectMapper().readTree(folder.resolve("expected.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * An adapter with made-up numbers and a made-up report, always the same.
     *
     * @param baseModel what the adapter calls the base
     */
    public static NewAdapter made(PreparedBase base, String baseModel) {
        ClassifierOptions options =
                ClassifierOptions.singleLabel(
                        new LoraOptions(2, 4, 0.01, List.of("q_lin", "lin1")),
                        List.of("negative", "positive", "so | so"));
        AdapterPlan plan = base.graphs(options).plan();
        return new NewAdapter(
                Adapter.trained(baseModel, plan, options, parameters(plan)),
                base,
                TextLimits.of(20, TruncationSide.LEFT),
                report());
    }

    private static List<FloatTensor> parameters(AdapterPlan plan) {
        List<FloatTensor> parameters = new ArrayList<>();
        // A linear congruential generator: the same bytes on every platform.
        long state = 42;
        for (TrainableParameter parameter : plan.parameters()) {
            float[] values = new float[Math.toIntExact(parameter.shape().elements())];
            for (int i = 0; i < values.length; i++) {
                state = (state * 1103515245L + 12345) % (1L << 31);
                values[i] = state / (float) (1L << 31) - 0.5f;
            }
            TensorShape shape = parameter.shape();
            parameters.add(new FloatTensor(parameter.name(), shape, values));
        }
        return parameters;
    }

    private static TrainingReport report() {
        Map<String, String> recipe = new LinkedHashMap<>();
        recipe.put("epochs", "2");
        recipe.put("learning rate", "0.001");
        Map<String, String> versions = new LinkedHashMap<>();
        versions.put("ortune", "0.1.0");
        versions.put("onnxruntime", "1.24.1");
        return new TrainingReport(
                recipe,
                List.of(
                        new DataReport("training", new DatasetSource("t.csv", "ab".repeat(32), 30)),
                        new DataReport(
                                "validation", new DatasetSource("v.csv", "cd".repeat(32), 6))),
                List.of(
                        new EpochReport(1, Optional.of(0.9), Optional.of(evaluation(0.8))),
                        new EpochReport(2, Optional.of(0.5), Optional.of(evaluation(0.75)))),
                2,
                versions,
                Instant.parse("2026-01-02T03:04:05Z"));
    }

    private static SingleLabelEvaluation evaluation(double loss) {
        return new SingleLabelEvaluation(
                6,
                loss,
                5 / 6.0,
                0.822,
                OptionalDouble.empty(),
                List.of(
                        LabelMetrics.of("negative", 2, 0, 0),
                        LabelMetrics.of("positive", 2, 1, 0),
                        LabelMetrics.of("so | so", 1, 0, 1)),
                new ConfusionMatrix(new long[][] {{2, 0, 0}, {0, 2, 0}, {0, 1, 1}}));
    }
}
