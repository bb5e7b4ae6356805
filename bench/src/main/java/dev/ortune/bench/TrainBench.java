package dev.ortune.bench;

import dev.ortune.base.BaseModel;
import dev.ortune.base.BaseModelResolver;
import dev.ortune.base.BundledBase;
import dev.ortune.base.DownloadProgress;
import dev.ortune.base.HubSettings;
import dev.ortune.base.OrtuneHome;
import dev.ortune.console.CommandRunner;
import dev.ortune.console.Console;
import dev.ortune.console.OutputOptions;
import dev.ortune.dataset.BundledReviews;
import dev.ortune.dataset.TrainingData;
import dev.ortune.export.PreparedBase;
import dev.ortune.export.PreparedBases;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.LoraOptions;
import dev.ortune.ort.OrtRuntime;
import dev.ortune.tokenizer.TextTokenizer;
import dev.ortune.tokenizer.TruncationSide;
import dev.ortune.train.FineTuning;
import dev.ortune.train.FineTuningRequest;
import dev.ortune.train.Schedule;
import dev.ortune.train.TrainingRecipe;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains some steps on ragged IMDB batches and tells how fast, and how near the machine's limit. */
@Command(
        name = "bench/train",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Trains on ragged IMDB batches; prints tokens/s, step time, memory, SGEMM share.")
public final class TrainBench implements Callable<Integer> {

    private static final int MATRIX_PRODUCTS = 15;

    private final Console console;

    @Option(names = "--base", description = "The base (${DEFAULT-VALUE}).")
    private String base = BundledBase.NAME;

    @Option(names = "--steps", description = "Measured steps (${DEFAULT-VALUE}).")
    private int steps = 40;

    @Option(names = "--warm-up", description = "Steps before them (${DEFAULT-VALUE}).")
    private int warmUp = 5;

    @Option(names = "--batch-size", description = "Texts per batch (${DEFAULT-VALUE}).")
    private int batchSize = 4;

    @Option(names = "--max-length", description = "Tokens per text at most (${DEFAULT-VALUE}).")
    private int maxTokens = 512;

    @Option(names = "--threads", description = "Threads that compute (one per processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--no-dropout", description = "Without any dropout.")
    private boolean noDropout;

    @Mixin private OutputOptions output;

    private TrainBench(Console console) {
        this.console = console;
    }

    /** Exits with 0, or as the commands do. */
    public static void main(String[] arguments) {
        Console console = Console.system(List.of(arguments), System.getenv());
        System.exit(
                new CommandRunner(console)
                        .run(new CommandLine(new TrainBench(console)), arguments));
    }

    @Override
    public Integer call() {
        Map<String, String> environment = System.getenv();
        OrtuneHome home = OrtuneHome.fromEnvironment(environment);
        BaseModel model =
                new BaseModelResolver(
                                HubSettings.fromEnvironment(environment),
                                new BundledBase(home),
                                DownloadProgress.silent())
                        .resolve(base);
        PreparedBase prepared =
                new PreparedBases(home.directory().resolve("prepared")).prepare(model);
        TrainingData all = new BundledReviews().trainingData();
        TrainingData data = new TrainingData(all.training(), Optional.empty());
        FineTuningRequest request =
                new FineTuningRequest(
                        model,
                        data,
                        ClassifierOptions.singleLabel(LoraOptions.DEFAULTS, data.labels().names()),
                        recipe(),
                        Optional.empty());
        StepTimes times = new StepTimes(warmUp);
        double rateBefore;
        double rateAfter;
        try (OrtRuntime runtime = OrtRuntime.open(threads);
                TextTokenizer tokenizer = TextTokenizer.of(prepared.tokenizerFile())) {
            rateBefore = matrixRate(runtime, prepared);
            new FineTuning(runtime, prepared, request).run(tokenizer, times);
            rateAfter = matrixRate(runtime, prepared);
        }
        new BenchReport(
                        model.name(),
                        batchSize,
                        maxTokens,
                        !noDropout,
                        threads,
                        times,
                        new TrainingWork(prepared.model().config()),
                        (rateBefore + rateAfter) / 2)
                .print(console);
        return 0;
    }

    private static double matrixRate(OrtRuntime runtime, PreparedBase prepared) {
        try (MatrixRate rate = MatrixRate.of(runtime, prepared.model().config())) {
            return rate.measure(MATRIX_PRODUCTS);
        }
    }

    private TrainingRecipe recipe() {
        return new TrainingRecipe(
                100,
                batchSize,
                1,
                1e-3,
                0.01,
                0,
                OptionalDouble.of(1),
                Schedule.LINEAR,
                maxTokens,
                TruncationSide.RIGHT,
                0,
                true,
                false,
                !noDropout,
                OptionalInt.of(warmUp + steps),
                Optional.empty());
    }
}
