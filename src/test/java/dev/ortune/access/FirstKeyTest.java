package dev.ortune.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ortune.api.grpc.proto.GRPCInferenceServiceGrpc;
import dev.ortune.api.grpc.proto.ServerLiveRequest;
import dev.ortune.api.rest.GrpcAddress;
import dev.ortune.api.rest.TinyModels;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A service without keys is this machine's, and with its first key nobody's but the holder's. */
@QuarkusTest
@QuarkusTestResource(TinyModels.class)
@QuarkusTestResource(value = KeylessService.class, restrictToAnnotatedClass = true)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FirstKeyTest {

    GrpcAddress grpc;

    @Test
    @Order(1)
    void programsOnThisMachineNeedNoKey() {
        assertThat(here().get("/v1/models").status()).isEqualTo(200);
        assertThat(here().get("/v1/keys").status()).isEqualTo(200);
        assertThat(here().as("whatever").get("/v1/models").status()).isEqualTo(200);
        assertThat(live("127.0.0.1", Optional.empty())).isEqualTo(Status.Code.OK);
    }

    @Test
    @Order(2)
    void otherMachinesAreRefusedOverBothProtocols() throws SocketException {
        Optional<String> address = outerAddress();
        assumeTrue(address.isPresent(), "this machine has no address but its own");
        Asking elsewhere =
                new Asking("http://" + address.get() + ":" + RestAssured.port, Optional.empty());
        Asking.Answer answer = elsewhere.get("/v1/models");
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.json().path("detail").asText()).contains("There is no key yet");
        assertThat(answer.json().path("remedy").asText()).contains("keys create");
        assertThat(elsewhere.send("GET", "/v1/models", "", "X-Forwarded-For", "127.0.0.1").status())
                .isEqualTo(401);
        assertThat(elsewhere.get("/q/health/ready").status()).isEqualTo(200);
        assertThat(live(address.get(), Optional.empty())).isEqualTo(Status.Code.UNAUTHENTICATED);
    }

    @Test
    @Order(3)
    void whatAProxyOrAPageInABrowserSendsIsNotOfThisMachine() throws IOException {
        for (String header :
                new String[] {
                    "X-Forwarded-For: 127.0.0.1",
                    "Forwarded: for=127.0.0.1",
                    "Via: 1.1 proxy",
                    "Origin: https://example.org",
                    "Origin: null"
                }) {
            assertThat(statusLine("localhost", header)).as(header).contains(" 401 ");
        }
        assertThat(statusLine("rebound.example.org", "A: b")).contains(" 401 ");
        assertThat(statusLine("localhost:8080", "A: b")).contains(" 200 ");
        assertThat(statusLine("[::1]", "Origin: http://localhost:3000")).contains(" 200 ");
    }

    @Test
    @Order(4)
    void theFirstKeyIsAnAdminsAndClosesTheService() throws SocketException {
        Asking.Answer useless =
                here().post("/v1/keys", "{\"name\": \"a\", \"scopes\": [\"infer\"]}");
        assertThat(useless.status()).isEqualTo(400);
        assertThat(here().get("/v1/models").status()).isEqualTo(200);

        String key = here().key("default", "admin", "infer", "train");
        assertThat(key).matches("sk-ortune-[A-Za-z0-9_-]{43}");
        assertThat(here().get("/v1/models").status()).isEqualTo(401);
        assertThat(live("127.0.0.1", Optional.empty())).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(here().as(key).get("/v1/models").status()).isEqualTo(200);
        assertThat(live("127.0.0.1", Optional.of(key))).isEqualTo(Status.Code.OK);
        Optional<String> address = outerAddress();
        if (address.isPresent()) {
            assertThat(live(address.get(), Optional.of(key))).isEqualTo(Status.Code.OK);
        }
    }

    private static Asking here() {
        return new Asking("http://127.0.0.1:" + RestAssured.port, Optional.empty());
    }

    private Status.Code live(String host, Optional<String> key) {
        ManagedChannel channel =
                ManagedChannelBuilder.forAddress(host, grpc.port()).usePlaintext().build();
        Metadata metadata = new Metadata();
        key.ifPresent(
                secret ->
                        metadata.put(
                                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                                "Bearer " + secret));
        try {
            StatusRuntimeException failure =
                    catchThrowableOfType(
                            StatusRuntimeException.class,
                            () ->
                                    GRPCInferenceServiceGrpc.newBlockingStub(channel)
                                            .withInterceptors(
                                                    MetadataUtils.newAttachHeadersInterceptor(
                                                            metadata))
                                            .serverLive(ServerLiveRequest.getDefaultInstance()));
            return failure == null ? Status.Code.OK : failure.getStatus().getCode();
        } finally {
            channel.shutdownNow();
        }
    }

    /** The first line of the answer to a request with headers that Java's client would not send. */
    private static String statusLine(String host, String header) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
            socket.getOutputStream()
                    .write(
                            ("GET /v1/models HTTP/1.1\r\nHost: "
                                            + host
                                            + "\r\n"
                                            + header
                                            + "\r\nConnection: close\r\n\r\n")
                                    .getBytes(StandardCharsets.US_ASCII));
            byte[] answer = socket.getInputStream().readAllBytes();
            return new String(answer, StandardCharsets.UTF_8).lines().findFirst().orElse("");
        }
    }

    private static Optional<String> outerAddress() throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(Inet4Address.class::isInstance)
                .filter(address -> !address.isLoopbackAddress())
                .map(address -> address.getHostAddress())
                .findFirst();
    }
}
