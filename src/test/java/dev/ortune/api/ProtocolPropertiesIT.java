package dev.ortune.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import dev.ortune.api.grpc.GrpcRequestArbitraries;
import dev.ortune.api.grpc.proto.GRPCInferenceServiceGrpc;
import dev.ortune.api.grpc.proto.ModelInferRequest;
import dev.ortune.api.rest.BytesCall;
import dev.ortune.cli.RunningService;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever a client sends to the packaged service, over whichever protocol, is answered or refused as
 * its own fault, and the next valid request is answered.
 */
class ProtocolPropertiesIT {

    private static final int TRIES = 150;
    private static final String INFER =
            "{\"id\":\"1\",\"parameters\":{\"timeout\":9000000},\"inputs\":[{\"name\":\"text\","
                    + "\"shape\":[2],\"datatype\":\"BYTES\",\"data\":[\"good\",\"a\"]}],"
                    + "\"outputs\":[{\"name\":\"logits\",\"parameters\":{\"classification\":2}}]}";
    private static final String CLASSIFY =
            "{\"texts\":[\"good\",\"a\"],\"top_k\":2,\"threshold\":0.1,\"raw_scores\":true,"
                    + "\"truncation\":\"left\"}";
    private static final String PREDICT =
            "{\"inputs\":[[\"good\"],[\"a\"]],\"truncate\":true,"
                    + "\"truncation_direction\":\"Left\",\"raw_scores\":false}";
    private static final Set<Status.Code> EXPECTED =
            Set.of(
                    Status.Code.OK,
                    Status.Code.INVALID_ARGUMENT,
                    Status.Code.NOT_FOUND,
                    Status.Code.RESOURCE_EXHAUSTED);

    private static RunningService service;
    private static ManagedChannel channel;
    private static HttpClient client;

    @BeforeContainer
    static void start() throws Exception {
        Path target = Files.createDirectories(Path.of("target/protocol-properties"));
        service = RunningService.start(Files.createTempDirectory(target, "run").toAbsolutePath());
        channel = service.grpc().open();
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterContainer
    static void stop() {
        channel.shutdownNow();
        service.close();
    }

    @Property(tries = TRIES)
    void inferOverHttp(@ForAll("infers") JsonNode body) throws Exception {
        isAnsweredOrRefused("/v2/models/reviews/infer", utf8(body.toString()));
        assertThat(post("/v2/models/reviews/infer", utf8(INFER)).statusCode()).isEqualTo(200);
    }

    @Property(tries = TRIES)
    void classify(@ForAll("classifies") JsonNode body) throws Exception {
        isAnsweredOrRefused("/v1/models/reviews/classify", utf8(body.toString()));
        assertThat(post("/v1/models/reviews/classify", utf8(CLASSIFY)).statusCode()).isEqualTo(200);
    }

    @Property(tries = TRIES)
    void predict(@ForAll("predicts") JsonNode body) throws Exception {
        isAnsweredOrRefused("/predict", utf8(body.toString()));
        assertThat(post("/predict", utf8(PREDICT)).statusCode()).isEqualTo(200);
    }

    @Property(tries = TRIES)
    void anyBytesOverHttp(@ForAll("addresses") String address, @ForAll @Size(max = 300) byte[] body)
            throws Exception {
        isAnsweredOrRefused(address, body);
    }

    @Property(tries = TRIES)
    void anyModelNameOverHttp(@ForAll("names") String name) throws Exception {
        String encoded =
                utf8(name).length == 0
                        ? "%20"
                        : IntStream.range(0, utf8(name).length)
                                .mapToObj(i -> "%%%02X".formatted(utf8(name)[i]))
                                .collect(Collectors.joining());
        isAnsweredOrRefused("/v2/models/" + encoded + "/infer", utf8(INFER));
        isAnsweredOrRefused("/v2/models/reviews/versions/" + encoded + "/infer", utf8(INFER));
        isAnsweredOrRefused("/v1/models/" + encoded + "/classify", utf8(CLASSIFY));
        isAnsweredOrRefused("/v2/repository/models/" + encoded + "/load", utf8("{}"));
    }

    @Example
    void jsonThatIsNestedWithoutEnd() throws Exception {
        for (String address : new String[] {"/predict", "/v2/models/reviews/infer"}) {
            for (String deep : new String[] {"[".repeat(3000), "{\"inputs\":" + "[".repeat(3000)}) {
                isAnsweredOrRefused(address, utf8(deep));
            }
        }
    }

    @Property(tries = TRIES)
    void inferOverGrpc(@ForAll("messages") ModelInferRequest request) {
        assertThat(code(request.toByteArray())).isIn(EXPECTED);
    }

    @Property(tries = TRIES)
    void anyBytesOverGrpc(@ForAll @Size(max = 300) byte[] bytes) {
        assertThat(code(bytes)).isIn(EXPECTED);
    }

    @Provide
    Arbitrary<JsonNode> infers() {
        return JsonMutations.of(INFER);
    }

    @Provide
    Arbitrary<JsonNode> classifies() {
        return JsonMutations.of(CLASSIFY);
    }

    @Provide
    Arbitrary<JsonNode> predicts() {
        return JsonMutations.of(PREDICT);
    }

    @Provide
    Arbitrary<String> addresses() {
        return Arbitraries.of(
                "/predict",
                "/v1/models/reviews/classify",
                "/v2/models/reviews/infer",
                "/v2/repository/index",
                "/v2/repository/models/reviews/load");
    }

    @Provide
    Arbitrary<String> names() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(12),
                Arbitraries.of("..", "../..", "reviews@", "@1", "reviews@1@1", "a/b", "\u0000"));
    }

    @Provide
    Arbitrary<ModelInferRequest> messages() {
        return GrpcRequestArbitraries.requests();
    }

    private static void isAnsweredOrRefused(String address, byte[] body) throws Exception {
        HttpResponse<String> response = post(address, body);
        assertThat(response.statusCode()).as(address + ": " + response.body()).isBetween(200, 499);
        assertThat(response.body()).doesNotContain("Exception", "dev.ortune", "jackson");
    }

    private static HttpResponse<String> post(String address, byte[] body) throws Exception {
        return client.send(
                HttpRequest.newBuilder(service.http().resolve(address))
                        .timeout(Duration.ofSeconds(20))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(body))
                        .build(),
                BodyHandlers.ofString());
    }

    /** The code that a message gets; afterwards a valid one must be answered. */
    private static Status.Code code(byte[] message) {
        try {
            BytesCall.modelInfer(channel, message);
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        } finally {
            ModelInferRequest valid =
                    ModelInferRequest.newBuilder()
                            .setModelName("reviews")
                            .addInputs(
                                    ModelInferRequest.InferInputTensor.newBuilder()
                                            .setName("text")
                                            .setDatatype("BYTES")
                                            .addShape(1))
                            .addRawInputContents(ByteString.copyFrom(new byte[] {1, 0, 0, 0, 'a'}))
                            .build();
            assertThat(
                            GRPCInferenceServiceGrpc.newBlockingStub(channel)
                                    .modelInfer(valid)
                                    .getRawOutputContentsCount())
                    .isEqualTo(4);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
