package dev.ortune.api.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.ortune.api.grpc.proto.v1.CreateJobRequest;
import dev.ortune.api.grpc.proto.v1.FileChunk;
import dev.ortune.api.grpc.proto.v1.FineTuningEvent;
import dev.ortune.api.grpc.proto.v1.FineTuningGrpc;
import dev.ortune.api.grpc.proto.v1.GetFileContentRequest;
import dev.ortune.api.grpc.proto.v1.Hyperparameters;
import dev.ortune.api.grpc.proto.v1.Hyperparameters.ClassWeights;
import dev.ortune.api.grpc.proto.v1.ListMetricsRequest;
import dev.ortune.api.grpc.proto.v1.StreamEventsRequest;
import dev.ortune.api.grpc.proto.v1.UploadFileRequest;
import dev.ortune.api.rest.GrpcAddress;
import dev.ortune.api.tuning.TuningClient.Refusal;
import dev.ortune.job.EventFeed;
import grpc.health.v1.HealthGrpc;
import grpc.health.v1.HealthOuterClass.HealthCheckRequest;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Status;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Over gRPC, in the tests' JVM; and what only gRPC has. */
@QuarkusTest
@TestProfile(OnTinyTuning.class)
class GrpcFineTuningTest extends TenantsContract {

    private static final int CONTENT_BYTES = 3_000_000;

    GrpcAddress address;
    @Inject EventFeed feed;
    @Inject Jdbi database;

    @Override
    TuningClient connect(Optional<String> tenant) {
        return new GrpcTuningClient(address, tenant);
    }

    @Override
    String idempotencyField() {
        return "idempotency_key";
    }

    @Test
    void itsHealthIsTold() {
        HealthCheckRequest request =
                HealthCheckRequest.newBuilder().setService("ortune.v1.FineTuning").build();
        assertThat(HealthGrpc.newBlockingStub(grpc().channel()).check(request).getStatus())
                .isEqualTo(ServingStatus.SERVING);
    }

    @Test
    void aClientThatCancelsLeavesNoSubscriptionBehind() throws Exception {
        String job = endlessJob();
        assertThat(feed.listeners()).isZero();
        Context.CancellableContext call = Context.current().withCancellation();
        Iterator<FineTuningEvent> events = call.call(() -> stub().streamEvents(following(job, 0)));
        assertThat(events.next().getNumber()).isEqualTo(1);
        assertThat(feed.listeners()).isEqualTo(1);
        call.cancel(null);
        await(() -> feed.listeners() == 0);
        client.cancel(job);
    }

    @Test
    void aStreamBeginsAfterAnEventAndEndsWithTheJob() throws Exception {
        String job = endlessJob();
        Iterator<FineTuningEvent> events = stub().streamEvents(following(job, 1));
        assertThat(events.next().getNumber()).isEqualTo(2);
        client.cancel(job);
        FineTuningEvent last = events.next();
        while (events.hasNext()) {
            last = events.next();
        }
        assertThat(last.getMessage()).isEqualTo("Job cancelled.");
        assertThat(stub().streamEvents(following(job, last.getNumber())).hasNext()).isFalse();
        await(() -> feed.listeners() == 0);
    }

    @Test
    void aClientThatReadsSlowlyGetsTheWholeContent() throws Exception {
        String content = "0123456789".repeat(CONTENT_BYTES / 10);
        String file = client.upload("large.csv", content);
        ClientCall<GetFileContentRequest, FileChunk> call =
                grpc().channel()
                        .newCall(FineTuningGrpc.getGetFileContentMethod(), CallOptions.DEFAULT);
        CompletableFuture<Status> end = new CompletableFuture<>();
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onMessage(FileChunk chunk) {
                        received.writeBytes(chunk.getData().toByteArray());
                        pause();
                        call.request(1);
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        end.complete(status);
                    }
                },
                new Metadata());
        call.sendMessage(GetFileContentRequest.newBuilder().setFileId(file).build());
        call.halfClose();
        call.request(1);
        assertThat(end.get().isOk()).isTrue();
        assertThat(received.toString(StandardCharsets.UTF_8)).isEqualTo(content);
    }

    @Test
    void aClientThatReadsNoEventsIsLetGo() throws Exception {
        String job = endlessJob();
        client.cancel(job);
        addEvents(job, 13_000);
        ClientCall<StreamEventsRequest, FineTuningEvent> call =
                grpc().channel()
                        .newCall(FineTuningGrpc.getStreamEventsMethod(), CallOptions.DEFAULT);
        CompletableFuture<Status> end = new CompletableFuture<>();
        AtomicInteger received = new AtomicInteger();
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onMessage(FineTuningEvent event) {
                        received.incrementAndGet();
                        call.request(1);
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        end.complete(status);
                    }
                },
                new Metadata());
        call.sendMessage(following(job, 0));
        call.halfClose();
        await(() -> feed.listeners() > 0);
        await(() -> feed.listeners() == 0);
        call.request(1);
        assertThat(end.get().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(end.get().getDescription()).contains("Ask again with after_number");
        assertThat(received.get()).isBetween(1, 3_500);
    }

    static Stream<Arguments> uploads() {
        UploadFileRequest header = header("a.csv", 1);
        UploadFileRequest chunk =
                UploadFileRequest.newBuilder().setChunk(ByteString.copyFromUtf8("a")).build();
        return Stream.of(
                Arguments.of("header", "header: The field is missing.", List.of()),
                Arguments.of("header", "header: The field is missing.", List.of(chunk)),
                Arguments.of("header", "Only the first message", List.of(header, chunk, header)),
                Arguments.of(
                        "header.filename", "The field is missing", List.of(header("", 1), chunk)),
                Arguments.of("header.purpose", "The field is missing", List.of(header("a.csv", 0))),
                Arguments.of(
                        "header.purpose",
                        "The value must be \"fine-tune\"",
                        List.of(header("a.csv", 2))),
                Arguments.of(
                        "header.purpose",
                        "The value must be \"fine-tune\"",
                        List.of(header("a.csv", 77))),
                Arguments.of(
                        "part",
                        "There must be a header or a chunk",
                        List.of(header, UploadFileRequest.getDefaultInstance())));
    }

    @ParameterizedTest
    @MethodSource("uploads")
    void aFaultyUploadIsRefused(String field, String message, List<UploadFileRequest> messages) {
        Refusal refusal = refusal(() -> grpc().upload(messages));
        assertThat(refusal.code()).isEqualTo("INVALID_REQUEST");
        assertThat(refusal.field()).isEqualTo(field);
        assertThat(refusal).hasMessageContaining(message);
    }

    static Stream<Arguments> choices() {
        return Stream.of(
                choice(
                        "lr_scheduler_type",
                        "The value must be one of: linear, constant.",
                        all -> all.setLrSchedulerTypeValue(9)),
                choice(
                        "truncation_side",
                        "The value must be one of: left, right.",
                        all -> all.setTruncationSideValue(9)),
                choice(
                        "problem_type",
                        "The value must be one of: single_label, multi_label.",
                        all -> all.setProblemTypeValue(9)),
                choice(
                        "class_weights",
                        "There must be a choice",
                        all -> all.setClassWeights(ClassWeights.getDefaultInstance())));
    }

    @ParameterizedTest
    @MethodSource("choices")
    void aChoiceThatIsNotKnownIsRefused(
            String field, String message, Consumer<Hyperparameters.Builder> change) {
        CreateJobRequest.Builder request =
                CreateJobRequest.newBuilder().setModel(TinyTuning.BASE).setTrainingFile("file-a");
        change.accept(request.getHyperparametersBuilder());
        Refusal refusal =
                refusal(() -> GrpcTuningClient.answer(() -> stub().createJob(request.build())));
        assertThat(refusal.code()).isEqualTo("INVALID_REQUEST");
        assertThat(refusal.field()).isEqualTo("hyperparameters." + field);
        assertThat(refusal).hasMessageContaining(message);
    }

    @Test
    void allThatWasChosenIsTold() {
        Hyperparameters chosen =
                Hyperparameters.newBuilder()
                        .setNEpochs(2)
                        .setBatchSize(3)
                        .setGradientAccumulationSteps(2)
                        .setLearningRateMultiplier(2)
                        .setLrSchedulerType(Hyperparameters.Schedule.SCHEDULE_CONSTANT)
                        .setWarmupRatio(0.25)
                        .setWeightDecay(0)
                        .setMaxGradNorm(0)
                        .setMaxLength(16)
                        .setTruncationSide(Hyperparameters.TruncationSide.TRUNCATION_SIDE_LEFT)
                        .setGroupByLength(true)
                        .setMaxSteps(5)
                        .setClassWeights(
                                ClassWeights.newBuilder()
                                        .setGiven(
                                                ClassWeights.Given.newBuilder()
                                                        .putWeights("größer", 2.5)))
                        .setProblemType(Hyperparameters.ProblemType.PROBLEM_TYPE_MULTI_LABEL)
                        .setLora(
                                Hyperparameters.Lora.newBuilder()
                                        .setR(2)
                                        .setAlpha(3)
                                        .setDropout(0)
                                        .addTargetModules("q_lin"))
                        .build();
        String file = client.upload("a.csv", "text,label\n");
        Hyperparameters told =
                stub().createJob(
                                CreateJobRequest.newBuilder()
                                        .setModel(TinyTuning.BASE)
                                        .setTrainingFile(file)
                                        .setHyperparameters(chosen)
                                        .build())
                        .getHyperparameters();
        assertThat(told).isEqualTo(chosen.toBuilder().setLearningRate(0.002).build());
    }

    @Test
    void aFieldBeyondAsciiIsEncodedInTheTrailers() {
        CreateJobRequest.Builder request =
                CreateJobRequest.newBuilder().setModel(TinyTuning.BASE).setTrainingFile("file-a");
        request.getHyperparametersBuilder()
                .getClassWeightsBuilder()
                .getGivenBuilder()
                .putWeights("größer", -1);
        Refusal refusal =
                refusal(() -> GrpcTuningClient.answer(() -> stub().createJob(request.build())));
        assertThat(refusal.field()).isEqualTo("class_weights.gr%C3%B6%C3%9Fer");
        assertThat(refusal).hasMessageStartingWith("class_weights.größer: ");
    }

    @Test
    void aNumberBelowZeroIsNoEventAndNoStep() {
        assertThat(
                        refusal(
                                        () ->
                                                GrpcTuningClient.answer(
                                                        () ->
                                                                stub().streamEvents(
                                                                                following("a", -1))
                                                                        .hasNext()))
                                .field())
                .isEqualTo("after_number");
        ListMetricsRequest steps =
                ListMetricsRequest.newBuilder().setJobId("a").setAfterStep(-1).build();
        assertThat(refusal(() -> GrpcTuningClient.answer(() -> stub().listMetrics(steps))).field())
                .isEqualTo("after_step");
    }

    private String endlessJob() {
        String file =
                client.upload(
                        "a.jsonl",
                        ("{\"text\":\"a\",\"label\":\"b\"}\n{\"text\":\"c\",\"label\":\"d\"}\n")
                                .repeat(5));
        return client.create(
                        "{\"model\":\"distilbert-tiny\",\"training_file\":\""
                                + file
                                + "\",\"hyperparameters\":{\"n_epochs\":1000,\"batch_size\":1}}",
                        Optional.empty())
                .id();
    }

    private static void await(BooleanSupplier condition) {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(60));
        while (!condition.getAsBoolean()) {
            assertThat(Instant.now()).isBefore(deadline);
            pause();
        }
    }

    /** Large ones: clients take a megabyte before they are asked to read. */
    private void addEvents(String job, int events) {
        database.useHandle(
                handle ->
                        handle.createUpdate(
                                        "insert into job_event (job_id, number, created_at, level,"
                                                + " message, data) select :id, x + 1000,"
                                                + " current_timestamp, 'INFO', repeat('event ', 200), '{}' from"
                                                + " system_range(1, :events)")
                                .bind("id", job)
                                .bind("events", events)
                                .execute());
    }

    private GrpcTuningClient grpc() {
        return (GrpcTuningClient) client;
    }

    private FineTuningGrpc.FineTuningBlockingStub stub() {
        return FineTuningGrpc.newBlockingStub(grpc().channel());
    }

    private static StreamEventsRequest following(String job, long after) {
        return StreamEventsRequest.newBuilder().setJobId(job).setAfterNumber(after).build();
    }

    private static UploadFileRequest header(String name, int purpose) {
        return UploadFileRequest.newBuilder()
                .setHeader(
                        UploadFileRequest.Header.newBuilder()
                                .setFilename(name)
                                .setPurposeValue(purpose))
                .build();
    }

    private static Arguments choice(
            String field, String message, Consumer<Hyperparameters.Builder> change) {
        return Arguments.of(field, message, change);
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
