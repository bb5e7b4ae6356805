package dev.ortune.api.grpc.tuning;

import dev.ortune.api.grpc.proto.v1.Hyperparameters;
import dev.ortune.api.grpc.proto.v1.Hyperparameters.EarlyStopping;
import dev.ortune.api.grpc.proto.v1.Hyperparameters.Lora;
import dev.ortune.api.inference.FieldFault;
import dev.ortune.graph.ProblemType;
import dev.ortune.tokenizer.TruncationSide;
import dev.ortune.train.Schedule;
import dev.ortune.tuning.ClassWeights;
import dev.ortune.tuning.LoraChoice;
import dev.ortune.tuning.StoppingChoice;

/** Hyperparameters as messages: what requests leave out has its default. */
final class HyperparameterMessages {

    private static final String PATH = "hyperparameters.";
    private static final dev.ortune.tuning.Hyperparameters STANDARD =
            dev.ortune.tuning.Hyperparameters.DEFAULT;

    private HyperparameterMessages() {}

    /**
     * Reads those of a request.
     *
     * @throws dev.ortune.error.InvalidInputException {@code INVALID_REQUEST}
     */
    static dev.ortune.tuning.Hyperparameters parse(Hyperparameters given) {
        return new dev.ortune.tuning.Hyperparameters(
                given.hasNEpochs() ? given.getNEpochs() : STANDARD.epochs(),
                given.hasBatchSize() ? given.getBatchSize() : STANDARD.batchSize(),
                given.hasGradientAccumulationSteps()
                        ? given.getGradientAccumulationSteps()
                        : STANDARD.gradientAccumulation(),
                learningRate(given),
                schedule(given.getLrSchedulerType()),
                given.hasWarmupRatio() ? given.getWarmupRatio() : STANDARD.warmupRatio(),
                given.hasWeightDecay() ? given.getWeightDecay() : STANDARD.weightDecay(),
                given.hasMaxGradNorm() ? given.getMaxGradNorm() : STANDARD.maxGradientNorm(),
                Fields.present(given.hasMaxLength(), given.getMaxLength()),
                truncationSide(given.getTruncationSide()),
                given.hasGroupByLength() ? given.getGroupByLength() : STANDARD.groupByLength(),
                Fields.present(given.hasMaxSteps(), given.getMaxSteps()),
                Fields.present(given.hasEarlyStopping(), given.getEarlyStopping())
                        .map(HyperparameterMessages::stopping),
                Fields.present(given.hasClassWeights(), given.getClassWeights())
                        .map(HyperparameterMessages::classWeights),
                problemType(given.getProblemType()),
                lora(given.getLora()));
    }

    /** All of a job's. */
    static Hyperparameters of(dev.ortune.tuning.Hyperparameters chosen) {
        Hyperparameters.Builder message =
                Hyperparameters.newBuilder()
                        .setNEpochs(chosen.epochs())
                        .setBatchSize(chosen.batchSize())
                        .setGradientAccumulationSteps(chosen.gradientAccumulation())
                        .setLearningRate(chosen.learningRate())
                        .setLrSchedulerType(message(chosen.schedule()))
                        .setWarmupRatio(chosen.warmupRatio())
                        .setWeightDecay(chosen.weightDecay())
                        .setMaxGradNorm(chosen.maxGradientNorm())
                        .setTruncationSide(message(chosen.truncationSide()))
                        .setGroupByLength(chosen.groupByLength())
                        .setProblemType(message(chosen.problemType()))
                        .setLora(
                                Lora.newBuilder()
                                        .setR(chosen.lora().rank())
                                        .setAlpha(chosen.lora().alpha())
                                        .setDropout(chosen.lora().dropout())
                                        .addAllTargetModules(chosen.lora().targetModules()));
        chosen.maxLength().ifPresent(message::setMaxLength);
        chosen.maxSteps().ifPresent(message::setMaxSteps);
        chosen.earlyStopping()
                .ifPresent(
                        stopping ->
                                message.getEarlyStoppingBuilder()
                                        .setPatience(stopping.patience())
                                        .setMinDelta(stopping.minDelta()));
        chosen.classWeights().ifPresent(weights -> message.setClassWeights(message(weights)));
        return message.build();
    }

    private static double learningRate(Hyperparameters given) {
        return switch (given.getRateCase()) {
            case LEARNING_RATE -> given.getLearningRate();
            case LEARNING_RATE_MULTIPLIER ->
                    given.getLearningRateMultiplier()
                            * dev.ortune.tuning.Hyperparameters.DEFAULT_LEARNING_RATE;
            case RATE_NOT_SET -> STANDARD.learningRate();
        };
    }

    private static StoppingChoice stopping(EarlyStopping given) {
        return new StoppingChoice(
                given.hasPatience() ? given.getPatience() : StoppingChoice.DEFAULT.patience(),
                given.hasMinDelta() ? given.getMinDelta() : StoppingChoice.DEFAULT.minDelta());
    }

    private static LoraChoice lora(Lora given) {
        LoraChoice standard = STANDARD.lora();
        return new LoraChoice(
                given.hasR() ? given.getR() : standard.rank(),
                given.hasAlpha() ? given.getAlpha() : standard.alpha(),
                given.hasDropout() ? given.getDropout() : standard.dropout(),
                given.getTargetModulesList());
    }

    private static ClassWeights classWeights(Hyperparameters.ClassWeights given) {
        return switch (given.getChoiceCase()) {
            case BALANCED -> new ClassWeights.Balanced();
            case GIVEN -> new ClassWeights.Given(given.getGiven().getWeightsMap());
            case CHOICE_NOT_SET ->
                    throw FieldFault.of(
                            PATH + "class_weights", "There must be a choice, balanced or given");
        };
    }

    private static Schedule schedule(Hyperparameters.Schedule given) {
        return switch (given) {
            case SCHEDULE_UNSPECIFIED -> STANDARD.schedule();
            case SCHEDULE_LINEAR -> Schedule.LINEAR;
            case SCHEDULE_CONSTANT -> Schedule.CONSTANT;
            case UNRECOGNIZED ->
                    throw FieldFault.noneOf(PATH + "lr_scheduler_type", Schedule.values());
        };
    }

    private static TruncationSide truncationSide(Hyperparameters.TruncationSide given) {
        return switch (given) {
            case TRUNCATION_SIDE_UNSPECIFIED -> STANDARD.truncationSide();
            case TRUNCATION_SIDE_RIGHT -> TruncationSide.RIGHT;
            case TRUNCATION_SIDE_LEFT -> TruncationSide.LEFT;
            case UNRECOGNIZED ->
                    throw FieldFault.noneOf(PATH + "truncation_side", TruncationSide.values());
        };
    }

    private static ProblemType problemType(Hyperparameters.ProblemType given) {
        return switch (given) {
            case PROBLEM_TYPE_UNSPECIFIED -> STANDARD.problemType();
            case PROBLEM_TYPE_SINGLE_LABEL -> ProblemType.SINGLE_LABEL;
            case PROBLEM_TYPE_MULTI_LABEL -> ProblemType.MULTI_LABEL;
            case UNRECOGNIZED ->
                    throw FieldFault.noneOf(PATH + "problem_type", ProblemType.values());
        };
    }

    private static Hyperparameters.Schedule message(Schedule schedule) {
        return switch (schedule) {
            case LINEAR -> Hyperparameters.Schedule.SCHEDULE_LINEAR;
            case CONSTANT -> Hyperparameters.Schedule.SCHEDULE_CONSTANT;
        };
    }

    private static Hyperparameters.TruncationSide message(TruncationSide side) {
        return switch (side) {
            case RIGHT -> Hyperparameters.TruncationSide.TRUNCATION_SIDE_RIGHT;
            case LEFT -> Hyperparameters.TruncationSide.TRUNCATION_SIDE_LEFT;
        };
    }

    private static Hyperparameters.ProblemType message(ProblemType type) {
        return switch (type) {
            case SINGLE_LABEL -> Hyperparameters.ProblemType.PROBLEM_TYPE_SINGLE_LABEL;
            case MULTI_LABEL -> Hyperparameters.ProblemType.PROBLEM_TYPE_MULTI_LABEL;
        };
    }

    private static Hyperparameters.ClassWeights message(ClassWeights weights) {
        Hyperparameters.ClassWeights.Builder message = Hyperparameters.ClassWeights.newBuilder();
        if (weights instanceof ClassWeights.Given given) {
            message.getGivenBuilder().putAllWeights(given.weights());
        } else {
            message.getBalancedBuilder();
        }
        return message.build();
    }
}
