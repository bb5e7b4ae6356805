package dev.ortune.cli;

import dev.ortune.tokenizer.TruncationSide;
import dev.ortune.train.EarlyStopping;
import dev.ortune.train.Schedule;
import dev.ortune.train.TrainingRecipe;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** How to train; Hugging Face Trainer's meanings. */
final class RecipeMixin {

    @Option(
            names = "--epochs",
            paramLabel = "N",
            defaultValue = "10",
            description = "Passes over the training data (${DEFAULT-VALUE}).")
    private int epochs;

    @Option(
            names = "--batch-size",
            paramLabel = "N",
            defaultValue = "4",
            description = "Texts per batch (${DEFAULT-VALUE}).")
    private int batchSize;

    @Option(
            names = "--gradient-accumulation",
            paramLabel = "N",
            defaultValue = "1",
            description = "Batches per optimizer step (${DEFAULT-VALUE}).")
    private int gradientAccumulation;

    @Option(
            names = "--learning-rate",
            paramLabel = "RATE",
            defaultValue = "1e-3",
            description = "The highest learning rate (${DEFAULT-VALUE}).")
    private double learningRate;

    @Option(
            names = "--weight-decay",
            paramLabel = "RATE",
            defaultValue = "0.01",
            description = "Decoupled weight decay, on all but biases (${DEFAULT-VALUE}).")
    private double weightDecay;

    @Option(
            names = "--warmup-ratio",
            paramLabel = "SHARE",
            defaultValue = "0",
            description = "Share of the steps in which the rate rises (${DEFAULT-VALUE}).")
    private double warmupRatio;

    @Option(
            names = "--clip-norm",
            paramLabel = "NORM",
            defaultValue = "1.0",
            description = "The largest gradient norm; 0 for no clipping (${DEFAULT-VALUE}).")
    private double clipNorm;

    @Option(
            names = "--schedule",
            paramLabel = "linear|constant",
            defaultValue = "linear",
            description = "The learning rate after the warm-up (${DEFAULT-VALUE}).")
    private Schedule schedule;

    @Option(
            names = "--max-length",
            paramLabel = "TOKENS",
            description = "Longer texts are cut to so many tokens (512 or the base's limit).")
    private Optional<Integer> maxTokens = Optional.empty();

    @Option(
            names = "--truncation-side",
            paramLabel = "left|right",
            defaultValue = "right",
            description = "The end of a long text that is cut off (${DEFAULT-VALUE}).")
    private TruncationSide truncationSide;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "0",
            description = "Decides order, new weights and dropout masks (${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--no-shuffle", description = "Train in the order of the file.")
    private boolean noShuffle;

    @Option(
            names = "--group-by-length",
            description = "Put texts of like length into a batch: less padding, less chance.")
    private boolean groupByLength;

    @Option(names = "--no-dropout", description = "Train without any dropout, LoRA's included.")
    private boolean noDropout;

    @Option(
            names = "--max-steps",
            paramLabel = "N",
            description =
                    "Stop after so many optimizer steps, if that comes before the epochs' end.")
    private Optional<Integer> maxSteps = Optional.empty();

    @Option(
            names = "--early-stopping-patience",
            paramLabel = "EPOCHS",
            description = {
                "Stop once the validation loss has not fallen for so many epochs (never);",
                "needs --validation."
            })
    private Optional<Integer> earlyStoppingPatience = Optional.empty();

    @Option(
            names = "--early-stopping-min-delta",
            paramLabel = "LOSS",
            defaultValue = "0",
            description =
                    "A fall of the loss that is no more than this does not count (${DEFAULT-VALUE}).")
    private double earlyStoppingMinDelta;

    /** The recipe, its length bounded by the base's positions where none was given. */
    TrainingRecipe recipe(int maxPositions) {
        return new TrainingRecipe(
                epochs,
                batchSize,
                gradientAccumulation,
                learningRate,
                weightDecay,
                warmupRatio,
                clipNorm == 0 ? OptionalDouble.empty() : OptionalDouble.of(clipNorm),
                schedule,
                maxTokens.orElse(Math.min(512, maxPositions)),
                truncationSide,
                seed,
                !noShuffle,
                groupByLength,
                !noDropout,
                maxSteps.map(OptionalInt::of).orElseGet(OptionalInt::empty),
                earlyStoppingPatience.map(
                        patience -> new EarlyStopping(patience, earlyStoppingMinDelta)));
    }
}
