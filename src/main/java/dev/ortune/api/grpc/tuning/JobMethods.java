package dev.ortune.api.grpc.tuning;

import dev.ortune.api.grpc.GrpcCaller;
import dev.ortune.api.grpc.proto.v1.CancelJobRequest;
import dev.ortune.api.grpc.proto.v1.CreateJobRequest;
import dev.ortune.api.grpc.proto.v1.DryRunResponse;
import dev.ortune.api.grpc.proto.v1.FineTuningJob;
import dev.ortune.api.grpc.proto.v1.GetJobRequest;
import dev.ortune.api.grpc.proto.v1.ListJobsRequest;
import dev.ortune.api.grpc.proto.v1.ListJobsResponse;
import dev.ortune.api.grpc.proto.v1.PauseJobRequest;
import dev.ortune.api.grpc.proto.v1.ResumeJobRequest;
import dev.ortune.api.inference.ListSize;
import dev.ortune.job.JobPage;
import dev.ortune.job.JobStore;
import dev.ortune.tuning.IdempotencyKey;
import dev.ortune.tuning.JobRequest;
import dev.ortune.tuning.TuningService;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.OptionalLong;

/** The methods on jobs. On worker threads. */
@Singleton
final class JobMethods {

    private static final String IDEMPOTENCY_KEY = "idempotency_key";

    private final TuningService service;
    private final JobStore jobs;

    JobMethods(TuningService service, JobStore jobs) {
        this.service = service;
        this.jobs = jobs;
    }

    FineTuningJob create(CreateJobRequest request) {
        Optional<IdempotencyKey> key =
                Fields.present(request.hasIdempotencyKey(), request.getIdempotencyKey())
                        .map(text -> IdempotencyKey.of(IDEMPOTENCY_KEY, text));
        return JobMessages.of(service.create(GrpcCaller.current(), wanted(request), key));
    }

    DryRunResponse dryRun(CreateJobRequest request) {
        return DryRunMessages.of(service.dryRun(GrpcCaller.current(), wanted(request)));
    }

    ListJobsResponse list(ListJobsRequest request) {
        JobPage page =
                jobs.list(
                        Fields.tenant(),
                        Fields.present(request.hasAfter(), request.getAfter()),
                        Fields.limit(request.hasLimit(), request.getLimit(), ListSize.JOBS),
                        request.getMetadataMap());
        return ListJobsResponse.newBuilder()
                .addAllJobs(page.jobs().stream().map(JobMessages::of).toList())
                .setHasMore(page.hasMore())
                .build();
    }

    FineTuningJob get(GetJobRequest request) {
        return JobMessages.of(jobs.get(Fields.tenant(), jobId(request.getJobId())));
    }

    FineTuningJob cancel(CancelJobRequest request) {
        return JobMessages.of(jobs.cancel(Fields.tenant(), jobId(request.getJobId())));
    }

    FineTuningJob pause(PauseJobRequest request) {
        return JobMessages.of(jobs.pause(Fields.tenant(), jobId(request.getJobId())));
    }

    FineTuningJob resume(ResumeJobRequest request) {
        return JobMessages.of(jobs.resume(Fields.tenant(), jobId(request.getJobId())));
    }

    private static JobRequest wanted(CreateJobRequest request) {
        return new JobRequest(
                Fields.required("model", request.getModel()),
                Fields.required("training_file", request.getTrainingFile()),
                Fields.present(request.hasValidationFile(), request.getValidationFile()),
                Fields.present(request.hasSuffix(), request.getSuffix()),
                request.hasSeed() ? OptionalLong.of(request.getSeed()) : OptionalLong.empty(),
                request.getMetadataMap(),
                request.getPriority(),
                HyperparameterMessages.parse(request.getHyperparameters()));
    }

    private static String jobId(String text) {
        return Fields.required("job_id", text);
    }
}
