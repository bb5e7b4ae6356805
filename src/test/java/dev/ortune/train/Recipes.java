package dev.ortune.train;

import dev.ortune.tokenizer.TruncationSide;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** A recipe with tests' defaults: four epochs of batches of four, shuffled, no dropout. */
final class Recipes {

    private int epochs = 4;
    private int batchSize = 4;
    private int accumulation = 1;
    private double learningRate = 1e-2;
    private double weightDecay = 0.01;
    private double warmupRatio;
    private OptionalDouble clipNorm = OptionalDouble.of(1);
    private Schedule schedule = Schedule.LINEAR;
    private long seed;
    private boolean shuffle = true;
    private boolean groupByLength;
    private boolean dropout;
    private OptionalInt maxSteps = OptionalInt.empty();

    private Optional<EarlyStopping> earlyStopping = Optional.empty();

    private Recipes() {}

    static Recipes standard() {
        return new Recipes();
    }

    Recipes epochs(int value) {
        epochs = value;
        return this;
    }

    Recipes batchSize(int value) {
        batchSize = value;
        return this;
    }

    Recipes accumulation(int value) {
        accumulation = value;
        return this;
    }

    Recipes learningRate(double value) {
        learningRate = value;
        return this;
    }

    Recipes warmupRatio(double value) {
        warmupRatio = value;
        return this;
    }

    Recipes unclipped() {
        clipNorm = OptionalDouble.empty();
        return this;
    }

    Recipes schedule(Schedule value) {
        schedule = value;
        return this;
    }

    Recipes seed(long value) {
        seed = value;
        return this;
    }

    Recipes inFileOrder() {
        shuffle = false;
        return this;
    }

    Recipes groupedByLength() {
        groupByLength = true;
        return this;
    }

    Recipes withDropout() {
        dropout = true;
        return this;
    }

    Recipes maxSteps(int value) {
        maxSteps = OptionalInt.of(value);
        return this;
    }

    Recipes earlyStopping(int patienceEpochs, double minDelta) {
        earlyStopping = Optional.of(new EarlyStopping(patienceEpochs, minDelta));
        return this;
    }

    TrainingRecipe recipe() {
        return new TrainingRecipe(
                epochs,
                batchSize,
                accumulation,
                learningRate,
                weightDecay,
                warmupRatio,
                clipNorm,
                schedule,
                24,
                TruncationSide.RIGHT,
                seed,
                shuffle,
                groupByLength,
                dropout,
                maxSteps,
                earlyStopping);
    }
}
