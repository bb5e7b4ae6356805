package dev.ortune.api.tuning;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.ortune.api.grpc.proto.GRPCInferenceServiceGrpc;
import dev.ortune.api.grpc.proto.InferTensorContents;
import dev.ortune.api.grpc.proto.ModelInferRequest;
import dev.ortune.api.grpc.proto.v1.CancelJobRequest;
import dev.ortune.api.grpc.proto.v1.CreateJobRequest;
import dev.ortune.api.grpc.proto.v1.DeleteFileRequest;
import dev.ortune.api.grpc.proto.v1.DryRunResponse;
import dev.ortune.api.grpc.proto.v1.File;
import dev.ortune.api.grpc.proto.v1.Finding;
import dev.ortune.api.grpc.proto.v1.FineTuningEvent;
import dev.ortune.api.grpc.proto.v1.FineTuningGrpc;
import dev.ortune.api.grpc.proto.v1.FineTuningJob;
import dev.ortune.api.grpc.proto.v1.GetFileContentRequest;
import dev.ortune.api.grpc.proto.v1.GetFileRequest;
import dev.ortune.api.grpc.proto.v1.GetJobRequest;
import dev.ortune.api.grpc.proto.v1.ListCheckpointsRequest;
import dev.ortune.api.grpc.proto.v1.ListCheckpointsResponse;
import dev.ortune.api.grpc.proto.v1.ListEventsRequest;
import dev.ortune.api.grpc.proto.v1.ListEventsResponse;
import dev.ortune.api.grpc.proto.v1.ListFilesRequest;
import dev.ortune.api.grpc.proto.v1.ListFilesResponse;
import dev.ortune.api.grpc.proto.v1.ListJobsRequest;
import dev.ortune.api.grpc.proto.v1.ListJobsResponse;
import dev.ortune.api.grpc.proto.v1.ListMetricsRequest;
import dev.ortune.api.grpc.proto.v1.ListMetricsResponse;
import dev.ortune.api.grpc.proto.v1.PauseJobRequest;
import dev.ortune.api.grpc.proto.v1.ResumeJobRequest;
import dev.ortune.api.grpc.proto.v1.StreamEventsRequest;
import dev.ortune.api.grpc.proto.v1.UploadFileRequest;
import dev.ortune.api.rest.GrpcAddress;
import dev.ortune.api.rest.TestTenantFilter;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Over gRPC. */
final class GrpcTuningClient implements TuningClient {

    private static final int CHUNK_BYTES = 50_000;

    private final ManagedChannel channel;
    private final Channel effective;
    private final FineTuningGrpc.FineTuningBlockingStub client;

    GrpcTuningClient(GrpcAddress address, Optional<String> tenant) {
        this.channel = address.open();
        Metadata headers = new Metadata();
        tenant.ifPresent(name -> headers.put(key(TestTenantFilter.TENANT), name));
        this.effective =
                ClientInterceptors.intercept(
                        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
        this.client = FineTuningGrpc.newBlockingStub(effective);
    }

    /** The channel, with the tenant's headers. */
    Channel channel() {
        return effective;
    }

    @Override
    public String upload(String name, String content) {
        List<UploadFileRequest> messages = new ArrayList<>();
        messages.add(
                UploadFileRequest.newBuilder()
                        .setHeader(
                                UploadFileRequest.Header.newBuilder()
                                        .setFilename(name)
                                        .setPurpose(File.Purpose.PURPOSE_FINE_TUNE))
                        .build());
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length; from += CHUNK_BYTES) {
            messages.add(
                    UploadFileRequest.newBuilder()
                            .setChunk(
                                    ByteString.copyFrom(
                                            bytes,
                                            from,
                                            Math.min(CHUNK_BYTES, bytes.length - from)))
                            .build());
        }
        return upload(messages).getId();
    }

    /** Sends any messages for an upload. */
    File upload(List<UploadFileRequest> messages) {
        CompletableFuture<File> answer = new CompletableFuture<>();
        StreamObserver<UploadFileRequest> out =
                FineTuningGrpc.newStub(effective)
                        .uploadFile(
                                new StreamObserver<>() {
                                    @Override
                                    public void onNext(File file) {
                                        answer.complete(file);
                                    }

                                    @Override
                                    public void onError(Throwable fault) {
                                        answer.completeExceptionally(fault);
                                    }

                                    @Override
                                    public void onCompleted() {
                                        // The file has come before.
                                    }
                                });
        messages.forEach(out::onNext);
        out.onCompleted();
        try {
            return answer.join();
        } catch (CompletionException e) {
            throw refusal((StatusRuntimeException) e.getCause());
        }
    }

    @Override
    public FileView file(String id) {
        return file(
                answer(() -> client.getFile(GetFileRequest.newBuilder().setFileId(id).build())));
    }

    private static FileView file(File file) {
        String purpose = file.getPurpose().name().substring("PURPOSE_".length());
        return new FileView(
                file.getId(),
                file.getFilename(),
                purpose.toLowerCase(Locale.ROOT).replace('_', '-'),
                file.getBytes());
    }

    @Override
    public Page<FileView> files(Optional<String> after, int limit) {
        ListFilesRequest.Builder request = ListFilesRequest.newBuilder().setLimit(limit);
        after.ifPresent(request::setAfter);
        ListFilesResponse list = answer(() -> client.listFiles(request.build()));
        return new Page<>(
                list.getFilesList().stream().map(GrpcTuningClient::file).toList(),
                list.getHasMore());
    }

    @Override
    public String content(String id) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        answer(
                () -> {
                    client.getFileContent(GetFileContentRequest.newBuilder().setFileId(id).build())
                            .forEachRemaining(
                                    chunk -> content.writeBytes(chunk.getData().toByteArray()));
                    return content;
                });
        return content.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void deleteFile(String id) {
        answer(() -> client.deleteFile(DeleteFileRequest.newBuilder().setFileId(id).build()));
    }

    @Override
    public JobView create(String body, Optional<String> idempotencyKey) {
        CreateJobRequest.Builder request = request(body);
        idempotencyKey.ifPresent(request::setIdempotencyKey);
        return job(answer(() -> client.createJob(request.build())));
    }

    private static CreateJobRequest.Builder request(String body) {
        try {
            CreateJobRequest.Builder request = CreateJobRequest.newBuilder();
            JsonFormat.parser().merge(body, request);
            return request;
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(body, e);
        }
    }

    @Override
    public DryRunView dryRun(String body) {
        DryRunResponse run = answer(() -> client.dryRun(request(body).build()));
        return new DryRunView(
                run.getValid(),
                run.getEstimate().getTotalSteps(),
                run.getFindingsList().stream().map(Finding::getMessage).toList());
    }

    @Override
    public JobView job(String id) {
        return job(answer(() -> client.getJob(GetJobRequest.newBuilder().setJobId(id).build())));
    }

    private static JobView job(FineTuningJob job) {
        return new JobView(
                job.getId(),
                word(job.getStatus(), "STATUS_"),
                job.hasFineTunedModel() ? Optional.of(job.getFineTunedModel()) : Optional.empty(),
                job.hasError() ? Optional.of(job.getError().getCode()) : Optional.empty(),
                job.hasError() ? Optional.of(job.getError().getMessage()) : Optional.empty(),
                job.getProgress().getStep(),
                job.getProgress().getCheckpointStep(),
                job.getSeed(),
                job.getHyperparameters().getNEpochs(),
                job.getMetadataMap(),
                job.getResultFilesList());
    }

    @Override
    public Page<JobView> jobs(Optional<String> after, int limit, Map<String, String> metadata) {
        ListJobsRequest.Builder request =
                ListJobsRequest.newBuilder().setLimit(limit).putAllMetadata(metadata);
        after.ifPresent(request::setAfter);
        ListJobsResponse list = answer(() -> client.listJobs(request.build()));
        return new Page<>(
                list.getJobsList().stream().map(GrpcTuningClient::job).toList(), list.getHasMore());
    }

    @Override
    public JobView cancel(String id) {
        return job(
                answer(() -> client.cancelJob(CancelJobRequest.newBuilder().setJobId(id).build())));
    }

    @Override
    public JobView pause(String id) {
        return job(
                answer(() -> client.pauseJob(PauseJobRequest.newBuilder().setJobId(id).build())));
    }

    @Override
    public JobView resume(String id) {
        return job(
                answer(() -> client.resumeJob(ResumeJobRequest.newBuilder().setJobId(id).build())));
    }

    @Override
    public Page<EventView> events(String id, Optional<String> after, int limit) {
        ListEventsRequest.Builder request =
                ListEventsRequest.newBuilder().setJobId(id).setLimit(limit);
        after.ifPresent(request::setAfter);
        ListEventsResponse list = answer(() -> client.listEvents(request.build()));
        return new Page<>(
                list.getEventsList().stream().map(GrpcTuningClient::event).toList(),
                list.getHasMore());
    }

    private static EventView event(FineTuningEvent event) {
        return new EventView(event.getId(), word(event.getLevel(), "LEVEL_"), event.getMessage());
    }

    @Override
    public List<EventView> follow(String id) {
        return answer(
                () -> {
                    List<EventView> events = new ArrayList<>();
                    client.streamEvents(StreamEventsRequest.newBuilder().setJobId(id).build())
                            .forEachRemaining(event -> events.add(event(event)));
                    return events;
                });
    }

    @Override
    public Page<CheckpointView> checkpoints(String id, Optional<String> after, int limit) {
        ListCheckpointsRequest.Builder request =
                ListCheckpointsRequest.newBuilder().setJobId(id).setLimit(limit);
        after.ifPresent(request::setAfter);
        ListCheckpointsResponse list = answer(() -> client.listCheckpoints(request.build()));
        return new Page<>(
                list.getCheckpointsList().stream()
                        .map(
                                checkpoint ->
                                        new CheckpointView(
                                                checkpoint.getId(),
                                                checkpoint.getEpoch(),
                                                checkpoint.getStep(),
                                                checkpoint.hasFineTunedModel()
                                                        ? Optional.of(
                                                                checkpoint.getFineTunedModel())
                                                        : Optional.empty()))
                        .toList(),
                list.getHasMore());
    }

    @Override
    public Page<StepView> steps(String id, int after, int limit) {
        ListMetricsResponse list =
                answer(
                        () ->
                                client.listMetrics(
                                        ListMetricsRequest.newBuilder()
                                                .setJobId(id)
                                                .setAfterStep(after)
                                                .setLimit(limit)
                                                .build()));
        return new Page<>(
                list.getStepsList().stream()
                        .map(step -> new StepView(step.getStep(), step.getTrainLoss()))
                        .toList(),
                list.getHasMore());
    }

    @Override
    public String classify(String model, String text) {
        ModelInferRequest request =
                ModelInferRequest.newBuilder()
                        .setModelName(model)
                        .addInputs(
                                ModelInferRequest.InferInputTensor.newBuilder()
                                        .setName("text")
                                        .setDatatype("BYTES")
                                        .addShape(1)
                                        .setContents(
                                                InferTensorContents.newBuilder()
                                                        .addBytesContents(
                                                                ByteString.copyFromUtf8(text))))
                        .build();
        return answer(() -> GRPCInferenceServiceGrpc.newBlockingStub(effective).modelInfer(request))
                .getOutputs(0)
                .getContents()
                .getBytesContents(0)
                .toStringUtf8();
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    static Metadata.Key<String> key(String name) {
        return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
    }

    /** What a call answers, or what refuses it. */
    static <T> T answer(Supplier<T> call) {
        try {
            return call.get();
        } catch (StatusRuntimeException e) {
            throw refusal(e);
        }
    }

    private static Refusal refusal(StatusRuntimeException fault) {
        Metadata trailers = Optional.ofNullable(fault.getTrailers()).orElseGet(Metadata::new);
        return new Refusal(
                Optional.ofNullable(trailers.get(key("ortune-code")))
                        .orElse(fault.getStatus().getCode().name()),
                Optional.ofNullable(trailers.get(key("ortune-field"))).orElse(""),
                Optional.ofNullable(fault.getStatus().getDescription()).orElse(""));
    }

    private static String word(Enum<?> choice, String prefix) {
        return choice.name().substring(prefix.length()).toLowerCase(Locale.ROOT);
    }
}
