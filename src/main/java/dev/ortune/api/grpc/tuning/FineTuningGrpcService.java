package dev.ortune.api.grpc.tuning;

import dev.ortune.api.grpc.ServiceBinder;
import dev.ortune.api.grpc.proto.v1.FineTuningGrpc;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;

/** {@code ortune.v1.FineTuning}. */
@GrpcService
@Singleton
public final class FineTuningGrpcService implements BindableService {

    private final FileMethods files;
    private final JobMethods jobs;
    private final NewsMethods news;
    private final ExecutorService workers;

    FineTuningGrpcService(
            FileMethods files, JobMethods jobs, NewsMethods news, ExecutorService workers) {
        this.files = files;
        this.jobs = jobs;
        this.news = news;
        this.workers = workers;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return new ServiceBinder(FineTuningGrpc.getServiceDescriptor(), workers)
                        .collect(FineTuningGrpc.getUploadFileMethod(), files::upload)
                        .now(FineTuningGrpc.getListFilesMethod(), files::list)
                        .now(FineTuningGrpc.getGetFileMethod(), files::get)
                        .stream(FineTuningGrpc.getGetFileContentMethod(), files::content)
                        .now(FineTuningGrpc.getDeleteFileMethod(), files::delete)
                        .now(FineTuningGrpc.getCreateJobMethod(), jobs::create)
                        .now(FineTuningGrpc.getDryRunMethod(), jobs::dryRun)
                        .now(FineTuningGrpc.getListJobsMethod(), jobs::list)
                        .now(FineTuningGrpc.getGetJobMethod(), jobs::get)
                        .now(FineTuningGrpc.getCancelJobMethod(), jobs::cancel)
                        .now(FineTuningGrpc.getPauseJobMethod(), jobs::pause)
                        .now(FineTuningGrpc.getResumeJobMethod(), jobs::resume)
                        .now(FineTuningGrpc.getListEventsMethod(), news::events)
                        .stream(FineTuningGrpc.getStreamEventsMethod(), news::follow)
                        .now(FineTuningGrpc.getListCheckpointsMethod(), news::checkpoints)
                        .now(FineTuningGrpc.getListMetricsMethod(), news::metrics)
                        .bind();
    }
}
