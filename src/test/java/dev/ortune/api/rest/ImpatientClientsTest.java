package dev.ortune.api.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.hamcrest.Matchers.containsString;

import com.google.protobuf.ByteString;
import dev.ortune.api.grpc.proto.GRPCInferenceServiceGrpc;
import dev.ortune.api.grpc.proto.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import dev.ortune.api.grpc.proto.InferTensorContents;
import dev.ortune.api.grpc.proto.ModelInferRequest;
import dev.ortune.serve.ClassificationRequest;
import dev.ortune.serve.LongTexts;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that go, set deadlines or come to a full queue, over every protocol. */
@QuarkusTest
@QuarkusTestResource(TinyModels.class)
@TestProfile(ImpatientClientsTest.UnderLoad.class)
class ImpatientClientsTest {

    private static final String CLASSIFY = "/v1/models/reviews/classify;{\"text\":\"@\"}";
    private static final String INFER =
            "/v2/models/reviews/infer;{\"inputs\":[{\"name\":\"text\",\"shape\":[1],"
                    + "\"datatype\":\"BYTES\",\"data\":[\"@\"]}]}";
    private static final String PREDICT = "/predict;{\"inputs\":\"@\"}";

    GrpcAddress grpc;

    /** The stand-in in place of the service. */
    public static final class UnderLoad implements QuarkusTestProfile {

        @Override
        public Set<Class<?>> getEnabledAlternatives() {
            return Set.of(StandInService.class);
        }
    }

    @BeforeEach
    void forget() {
        StandInService.REQUESTS.clear();
        StandInService.CANCELLED.clear();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {CLASSIFY, INFER, PREDICT})
    void aConnectionThatClosesCancelsTheWork(String address, String body) throws Exception {
        byte[] bytes = body.replace("@", "wait").getBytes(StandardCharsets.UTF_8);
        try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
            OutputStream out = socket.getOutputStream();
            out.write(
                    ("POST "
                                    + address
                                    + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: "
                                    + bytes.length
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            out.write(bytes);
            out.flush();
            assertThat(StandInService.REQUESTS.poll(10, TimeUnit.SECONDS)).isNotNull();
            assertThat(StandInService.CANCELLED).isEmpty();
        }
        assertThat(StandInService.CANCELLED.poll(10, TimeUnit.SECONDS)).isEqualTo("wait");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {CLASSIFY, INFER, PREDICT})
    void aFullQueueSaysWhenToTryAgain(String address, String body) {
        post(address, body.replace("@", "full"))
                .statusCode(429)
                .header("Retry-After", "3")
                .body(containsString("The queue is full."));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {CLASSIFY, INFER, PREDICT})
    void anAnswerThatIsLateIsATimeout(String address, String body) throws Exception {
        given().contentType(ContentType.JSON)
                .header("ortune-timeout-ms", "250")
                .body(body.replace("@", "late"))
                .post(address)
                .then()
                .statusCode(504)
                .body(containsString("within 250 ms"));
        assertThat(StandInService.REQUESTS.poll(10, TimeUnit.SECONDS).timeout())
                .contains(Duration.ofMillis(250));
    }

    @Test
    void theShorterOfTwoTimeLimitsCounts() throws Exception {
        String body =
                "{\"parameters\":{\"timeout\":100000,\"truncation\":\"windows\"},\"inputs\":[{"
                        + "\"name\":\"text\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"late\"]}]}";
        given().contentType(ContentType.JSON)
                .header("ortune-timeout-ms", "250")
                .body(body)
                .post("/v2/models/reviews/infer")
                .then()
                .statusCode(504);
        ClassificationRequest request = StandInService.REQUESTS.poll(10, TimeUnit.SECONDS);
        assertThat(request.timeout()).contains(Duration.ofMillis(100));
        assertThat(request.longTexts()).isEqualTo(LongTexts.WINDOWS);
    }

    @Test
    void overGrpcAFullQueueSaysWhenToTryAgain() {
        StatusRuntimeException failure = failure("full", Duration.ofSeconds(10));
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(trailer(failure, "retry-after")).isEqualTo("3");
        assertThat(trailer(failure, "ortune-code")).isEqualTo("OVERLOADED");
    }

    @Test
    void overGrpcTheCallsDeadlineIsTheRequestsTimeout() throws Exception {
        StatusRuntimeException failure = failure("late", Duration.ofSeconds(5));
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(StandInService.REQUESTS.poll(10, TimeUnit.SECONDS).timeout().orElseThrow())
                .isBetween(Duration.ofMillis(1), Duration.ofSeconds(5));
    }

    @Test
    void overGrpcACallThatEndsCancelsTheWork() throws Exception {
        assertThat(failure("wait", Duration.ofMillis(600)).getStatus().getCode())
                .isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(StandInService.CANCELLED.poll(10, TimeUnit.SECONDS)).isEqualTo("wait");
    }

    private StatusRuntimeException failure(String text, Duration deadline) {
        ManagedChannel channel = grpc.open();
        try {
            GRPCInferenceServiceBlockingStub client =
                    GRPCInferenceServiceGrpc.newBlockingStub(channel)
                            .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS);
            return catchThrowableOfType(
                    StatusRuntimeException.class, () -> client.modelInfer(request(text)));
        } finally {
            channel.shutdownNow();
        }
    }

    private static ModelInferRequest request(String text) {
        return ModelInferRequest.newBuilder()
                .setModelName("reviews")
                .addInputs(
                        ModelInferRequest.InferInputTensor.newBuilder()
                                .setName("text")
                                .setDatatype("BYTES")
                                .addShape(1)
                                .setContents(
                                        InferTensorContents.newBuilder()
                                                .addBytesContents(ByteString.copyFromUtf8(text))))
                .build();
    }

    private static String trailer(StatusRuntimeException failure, String name) {
        return failure.getTrailers().get(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER));
    }

    private static ValidatableResponse post(String address, String body) {
        return given().contentType(ContentType.JSON).body(body).post(address).then();
    }
}
