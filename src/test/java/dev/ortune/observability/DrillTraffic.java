package dev.ortune.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.ByteString;
import dev.ortune.api.grpc.proto.GRPCInferenceServiceGrpc;
import dev.ortune.api.grpc.proto.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import dev.ortune.api.grpc.proto.InferTensorContents;
import dev.ortune.api.grpc.proto.ModelInferRequest;
import dev.ortune.api.grpc.proto.ModelInferRequest.InferInputTensor;
import dev.ortune.cli.RunningService;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Clients of a service: good ones, faulty ones, and such as ask for what is not there at the moment. */
final class DrillTraffic implements AutoCloseable {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String UNLOADED = "by-peft";
    private static final int IMPATIENT = 8;

    private final HttpClient http = HttpClient.newHttpClient();
    private final RunningService service;
    private final ManagedChannel channel;
    private final GRPCInferenceServiceBlockingStub grpc;

    DrillTraffic(RunningService service) {
        this.service = service;
        this.channel = service.grpc().open();
        this.grpc = GRPCInferenceServiceGrpc.newBlockingStub(channel);
    }

    /** Takes a model away, for whose clients the service is at fault from now on. */
    void unload() throws IOException, InterruptedException {
        assertThat(post("/v2/repository/models/" + UNLOADED + "/unload", "{}").statusCode())
                .isEqualTo(200);
    }

    /** One request of each kind. */
    void ask() throws IOException, InterruptedException {
        String text = "{\"text\":\"it was good\"}";
        assertThat(post("/v1/models/reviews/classify", text).statusCode()).isEqualTo(200);
        assertThat(post("/v1/models/nobody/classify", text).statusCode()).isEqualTo(404);
        assertThat(post("/v1/models/" + UNLOADED + "/classify", text).statusCode()).isEqualTo(503);
        Stream.generate(() -> http.sendAsync(impatient(), BodyHandlers.discarding()))
                .limit(IMPATIENT)
                .toList()
                .forEach(CompletableFuture::join);
        infer("reviews");
        infer("nobody");
        infer(UNLOADED);
    }

    /** Uploads a file to train on. */
    String upload(String rows) throws IOException, InterruptedException {
        String form =
                "--x\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nfine-tune\r\n"
                        + "--x\r\nContent-Disposition: form-data; name=\"file\";"
                        + " filename=\"rows.jsonl\"\r\n\r\n"
                        + rows
                        + "\r\n--x--\r\n";
        HttpRequest request =
                request("/v1/files")
                        .header("Content-Type", "multipart/form-data; boundary=x")
                        .POST(BodyPublishers.ofString(form))
                        .build();
        return json(http.send(request, BodyHandlers.ofString())).path("id").asText();
    }

    /** Creates a job. */
    String create(String body) throws IOException, InterruptedException {
        return json(post("/v1/fine_tuning/jobs", body)).path("id").asText();
    }

    /** A job's status. */
    String status(String job) throws IOException, InterruptedException {
        return json(get("/v1/fine_tuning/jobs/" + job)).path("status").asText();
    }

    /** What the service exports. */
    String metrics() throws IOException, InterruptedException {
        return get("/q/metrics").body();
    }

    @Override
    public void close() {
        channel.shutdownNow();
        try {
            channel.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void infer(String model) {
        InferTensorContents contents =
                InferTensorContents.newBuilder()
                        .addBytesContents(ByteString.copyFromUtf8("it was good"))
                        .build();
        ModelInferRequest request =
                ModelInferRequest.newBuilder()
                        .setModelName(model)
                        .addInputs(
                                InferInputTensor.newBuilder()
                                        .setName("text")
                                        .setDatatype("BYTES")
                                        .addShape(1)
                                        .setContents(contents))
                        .build();
        try {
            assertThat(grpc.modelInfer(request).getOutputsCount()).isPositive();
        } catch (StatusRuntimeException e) {
            assertThat(model).as(e.toString()).isNotEqualTo("reviews");
        }
    }

    /** As much as a request may hold, within a millisecond: together they wait longer for each other. */
    private HttpRequest impatient() {
        String text = "\"" + "good ".repeat(39) + "\"";
        return request("/v1/models/reviews/classify")
                .header("Content-Type", "application/json")
                .header("ortune-timeout-ms", "1")
                .POST(
                        BodyPublishers.ofString(
                                "{\"texts\":[" + String.join(",", text, text, text, text) + "]}"))
                .build();
    }

    private HttpResponse<String> post(String path, String body)
            throws IOException, InterruptedException {
        return http.send(
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(service.http().resolve(path));
    }

    private static JsonNode json(HttpResponse<String> response) throws IOException {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return MAPPER.readTree(response.body());
    }
}
