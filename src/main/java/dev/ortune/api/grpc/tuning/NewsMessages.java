package dev.ortune.api.grpc.tuning;

import dev.ortune.api.grpc.proto.v1.FineTuningCheckpoint;
import dev.ortune.api.grpc.proto.v1.FineTuningEvent;
import dev.ortune.api.grpc.proto.v1.FineTuningStep;
import dev.ortune.job.JobEvent;
import dev.ortune.job.JobStep;
import dev.ortune.tuning.EpochFigures;
import dev.ortune.tuning.EventId;
import dev.ortune.tuning.JobCheckpoint;

/** Events, checkpoints and steps as messages. */
final class NewsMessages {

    private NewsMessages() {}

    static FineTuningEvent of(JobEvent event) {
        return FineTuningEvent.newBuilder()
                .setId(EventId.of(event))
                .setNumber(event.number())
                .setCreatedAt(Fields.time(event.createdAt()))
                .setLevel(level(event.level()))
                .setMessage(event.message())
                .setData(Structs.of(event.data()))
                .build();
    }

    static FineTuningCheckpoint of(JobCheckpoint checkpoint) {
        EpochFigures figures = checkpoint.figures();
        FineTuningCheckpoint.Builder message =
                FineTuningCheckpoint.newBuilder()
                        .setId(checkpoint.id())
                        .setJobId(checkpoint.jobId())
                        .setCreatedAt(Fields.time(checkpoint.epoch().createdAt()))
                        .setEpoch(checkpoint.epoch().epoch())
                        .setStep(checkpoint.epoch().step())
                        .setTrainLoss(checkpoint.epoch().trainingLoss());
        figures.loss().ifPresent(message::setValidLoss);
        figures.accuracy().ifPresent(message::setValidAccuracy);
        figures.macroF1().ifPresent(message::setValidMacroF1);
        figures.calibrationError().ifPresent(message::setValidCalibrationError);
        figures.evaluation()
                .ifPresent(measured -> message.setEvaluation(Structs.of(measured.toString())));
        checkpoint.model().ifPresent(message::setFineTunedModel);
        return message.build();
    }

    static FineTuningStep of(JobStep step) {
        FineTuningStep.Builder message =
                FineTuningStep.newBuilder()
                        .setStep(step.step())
                        .setEpoch(step.epoch())
                        .setTrainLoss(step.loss())
                        .setLearningRate(step.learningRate())
                        .setTokens(step.tokens())
                        .setTokensPerSecond(step.tokensPerSecond());
        step.gradientNorm().ifPresent(message::setGradNorm);
        return message.build();
    }

    private static FineTuningEvent.Level level(JobEvent.Level level) {
        return switch (level) {
            case INFO -> FineTuningEvent.Level.LEVEL_INFO;
            case WARN -> FineTuningEvent.Level.LEVEL_WARN;
            case ERROR -> FineTuningEvent.Level.LEVEL_ERROR;
        };
    }
}
