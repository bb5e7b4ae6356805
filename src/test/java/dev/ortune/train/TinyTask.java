package dev.ortune.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ortune.base.BaseModel;
import dev.ortune.base.Origin;
import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.dataset.Dataset;
import dev.ortune.dataset.DatasetSource;
import dev.ortune.dataset.Example;
import dev.ortune.dataset.TrainingData;
import dev.ortune.export.PreparedBase;
import dev.ortune.golden.GoldenCase;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.LoraOptions;
import dev.ortune.graph.ProblemType;
import dev.ortune.ort.OrtRuntime;
import dev.ortune.tokenizer.TextTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Texts whose labels hang on words, and runs on a golden base. */
final class TinyTask {

    private static final List<String> FILLERS =
            List.of(
                    "the",
                    "movie",
                    "was",
                    "story",
                    "plot",
                    "acting",
                    "scene",
                    "time",
                    "with",
                    "as",
                    "character",
                    "ending",
                    "music",
                    "you",
                    "she",
                    "about",
                    "like",
                    "my",
                    "from",
                    "at");

    private final BaseModel base;
    private final PreparedBase prepared;

    private TinyTask(BaseModel base, PreparedBase prepared) {
        this.base = base;
        this.prepared = prepared;
    }

    static TinyTask on(String goldenBase, Path folder) {
        return on(goldenBase, GoldenCase.base(goldenBase), folder);
    }

    /** On a base whose own dropouts act, which those of the golden ones do not. */
    static TinyTask withModelDropout(double rate, Path folder) throws IOException {
        Path source = Files.createDirectories(folder.resolve("dropping"));
        Path golden = GoldenCase.base("distilbert-tiny");
        for (String name : List.of("model.safetensors", "vocab.txt")) {
            Files.copy(golden.resolve(name), source.resolve(name));
        }
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode config = (ObjectNode) mapper.readTree(golden.resolve("config.json").toFile());
        config.put("dropout", rate).put("attention_dropout", rate).put("seq_classif_dropout", rate);
        Files.write(source.resolve("config.json"), mapper.writeValueAsBytes(config));
        return on("dropping", source, folder);
    }

    private static TinyTask on(String name, Path source, Path folder) {
        return new TinyTask(
                new BaseModel(name, source, new Origin.LocalFolder()),
                PreparedBase.create(name, source, folder.resolve("prepared")));
    }

    PreparedBase prepared() {
        return prepared;
    }

    /** {@code pos} where the text says good, {@code neg} where it says bad. */
    static TrainingData twoLabels(int rows) {
        return TrainingData.of(
                twoLabelRows(rows, 1),
                Optional.of(twoLabelRows(rows / 2, 2)),
                ProblemType.SINGLE_LABEL);
    }

    static TrainingData withoutValidation(int rows) {
        return TrainingData.of(twoLabelRows(rows, 1), Optional.empty(), ProblemType.SINGLE_LABEL);
    }

    /** Each of three labels where its word stands. */
    static TrainingData severalLabels(int rows) {
        return TrainingData.of(
                severalLabelRows(rows, 1),
                Optional.of(severalLabelRows(rows / 2, 2)),
                ProblemType.MULTI_LABEL);
    }

    static ClassifierOptions options(TrainingData data, double loraDropout) {
        return new ClassifierOptions(
                new LoraOptions(4, 8, loraDropout, List.of("all-linear")),
                data.labels().names(),
                data.training().problemType(),
                Optional.empty(),
                true,
                Set.of());
    }

    Outcome run(int threads, TrainingData data, Recipes recipes) {
        return run(threads, data, recipes, 0);
    }

    Outcome run(int threads, TrainingData data, Recipes recipes, double loraDropout) {
        List<StepReport> steps = new ArrayList<>();
        TrainingListener listener =
                new TrainingListener() {
                    @Override
                    public void stepped(StepReport report) {
                        steps.add(report);
                    }
                };
        try (OrtRuntime runtime = OrtRuntime.open(threads);
                TextTokenizer tokenizer = TextTokenizer.of(prepared.tokenizerFile())) {
            FineTuning run = plan(runtime, data, recipes, loraDropout);
            return new Outcome(run.start(), steps, run.run(tokenizer, listener));
        }
    }

    /** A run that has not begun. */
    FineTuning plan(OrtRuntime runtime, TrainingData data, Recipes recipes, double loraDropout) {
        return new FineTuning(
                runtime,
                prepared,
                new FineTuningRequest(
                        base,
                        data,
                        options(data, loraDropout),
                        recipes.recipe(),
                        Optional.empty()));
    }

    /** A run as it went. */
    record Outcome(List<FloatTensor> start, List<StepReport> steps, TrainingResult result) {

        List<Double> losses() {
            return steps.stream().map(StepReport::loss).toList();
        }

        double lastAccuracy() {
            return result.epochs()
                    .get(result.epochs().size() - 1)
                    .evaluation()
                    .orElseThrow()
                    .accuracy();
        }
    }

    private static Dataset twoLabelRows(int rows, long seed) {
        Random random = new Random(seed);
        List<Example> examples = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            boolean good = row % 2 == 0;
            examples.add(
                    new Example(
                            text(List.of(good ? "good" : "bad"), random),
                            List.of(good ? "pos" : "neg")));
        }
        return dataset(examples);
    }

    private static Dataset severalLabelRows(int rows, long seed) {
        List<String> labels = List.of("funny", "love", "worst");
        Random random = new Random(seed);
        List<Example> examples = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            int mask = row % 8;
            List<String> present = new ArrayList<>();
            for (int label = 0; label < labels.size(); label++) {
                if ((mask >> label & 1) == 1) {
                    present.add(labels.get(label));
                }
            }
            examples.add(new Example(text(present, random), present));
        }
        return dataset(examples);
    }

    private static String text(List<String> words, Random random) {
        List<String> all = new ArrayList<>(words);
        int fillers = 2 + random.nextInt(6);
        for (int i = 0; i < fillers; i++) {
            all.add(FILLERS.get(random.nextInt(FILLERS.size())));
        }
        Collections.shuffle(all, random);
        return String.join(" ", all);
    }

    private static Dataset dataset(List<Example> examples) {
        return new Dataset(
                examples, new DatasetSource("made.csv", "00".repeat(32), examples.size()));
    }
}
