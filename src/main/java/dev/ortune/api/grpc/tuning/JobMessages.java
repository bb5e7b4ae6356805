package dev.ortune.api.grpc.tuning;

import dev.ortune.api.grpc.proto.v1.FineTuningJob;
import dev.ortune.job.Job;
import dev.ortune.job.JobStatus;
import dev.ortune.tuning.JobSpecification;

/** Jobs as messages. */
final class JobMessages {

    private JobMessages() {}

    static FineTuningJob of(Job job) {
        JobSpecification specification = JobSpecification.parse(job.specification());
        FineTuningJob.Builder message =
                FineTuningJob.newBuilder()
                        .setId(job.id())
                        .setTenant(job.tenant())
                        .setStatus(status(job.status()))
                        .setModel(specification.model())
                        .setTrainingFile(specification.trainingFile())
                        .setSeed(specification.seed())
                        .putAllMetadata(job.metadata())
                        .setPriority(job.priority())
                        .setHyperparameters(
                                HyperparameterMessages.of(specification.hyperparameters()))
                        .setCreatedAt(Fields.time(job.createdAt()))
                        .addAllResultFiles(job.resultFiles())
                        .setTrainedTokens(job.trainedTokens())
                        .setProgress(
                                FineTuningJob.Progress.newBuilder()
                                        .setStep(job.progress().step())
                                        .setTotalSteps(job.progress().totalSteps())
                                        .setCheckpointStep(job.progress().checkpointStep()));
        specification.validationFile().ifPresent(message::setValidationFile);
        specification.suffix().ifPresent(message::setSuffix);
        job.startedAt().map(Fields::time).ifPresent(message::setStartedAt);
        job.finishedAt().map(Fields::time).ifPresent(message::setFinishedAt);
        job.estimatedFinish().map(Fields::time).ifPresent(message::setEstimatedFinish);
        job.resultModel().ifPresent(message::setFineTunedModel);
        job.failure()
                .ifPresent(
                        failure ->
                                message.getErrorBuilder()
                                        .setCode(failure.code())
                                        .setMessage(failure.message()));
        return message.build();
    }

    private static FineTuningJob.Status status(JobStatus status) {
        return switch (status) {
            case VALIDATING_FILES -> FineTuningJob.Status.STATUS_VALIDATING_FILES;
            case QUEUED -> FineTuningJob.Status.STATUS_QUEUED;
            case RUNNING -> FineTuningJob.Status.STATUS_RUNNING;
            case PAUSED -> FineTuningJob.Status.STATUS_PAUSED;
            case SUCCEEDED -> FineTuningJob.Status.STATUS_SUCCEEDED;
            case FAILED -> FineTuningJob.Status.STATUS_FAILED;
            case CANCELLED -> FineTuningJob.Status.STATUS_CANCELLED;
        };
    }
}
