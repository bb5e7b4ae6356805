package dev.ortune.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.access.oidc.TestIssuer;
import dev.ortune.api.grpc.proto.GRPCInferenceServiceGrpc;
import dev.ortune.api.grpc.proto.RepositoryModelUnloadRequest;
import dev.ortune.api.grpc.proto.v1.FineTuningGrpc;
import dev.ortune.api.rest.GrpcAddress;
import dev.ortune.api.rest.TinyModels;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over gRPC nobody does what they may not. */
@QuarkusTest
@QuarkusTestResource(TinyModels.class)
@QuarkusTestResource(value = KeyedService.class, restrictToAnnotatedClass = true)
class AccessOverGrpcTest {

    private static final String REFLECTION =
            "grpc.reflection.v1.ServerReflection/ServerReflectionInfo";

    private static final MethodDescriptor.Marshaller<byte[]> BYTES =
            new MethodDescriptor.Marshaller<>() {
                @Override
                public InputStream stream(byte[] value) {
                    return new ByteArrayInputStream(value);
                }

                @Override
                public byte[] parse(InputStream stream) {
                    return new byte[0];
                }
            };

    GrpcAddress address;
    TestIssuer issuer;

    private Asking admin;
    private ManagedChannel channel;

    @BeforeEach
    void connect() {
        channel = address.open();
        admin =
                new Asking(
                        "http://127.0.0.1:" + RestAssured.port,
                        Optional.of(KeyedService.ADMIN_KEY));
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    @Test
    void withoutACredentialEveryMethodIsRefused() {
        for (String method : methods()) {
            StatusRuntimeException refusal = refusal(channel, method);
            assertThat(refusal.getStatus().getCode())
                    .as(method)
                    .isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(code(refusal)).isEqualTo("UNAUTHENTICATED");
            assertThat(refusal.getStatus().getDescription()).contains("The request has no key.");
        }
    }

    @Test
    void aKeyOpensWhatItsScopeIsForAndNothingElse() {
        for (Scope scope : Scope.values()) {
            Channel known = as(admin.key("scoped", scope.word()));
            for (String method : methods()) {
                Status.Code status = status(known, method);
                if (AccessTable.grpc(method).anyOf().contains(scope)) {
                    assertThat(status)
                            .as(scope + " " + method)
                            .isNotIn(Status.Code.UNAUTHENTICATED, Status.Code.PERMISSION_DENIED);
                } else {
                    assertThat(status)
                            .as(scope + " " + method)
                            .isEqualTo(Status.Code.PERMISSION_DENIED);
                }
            }
        }
    }

    @Test
    void anUnknownKeyOrAForgedTokenIsRefusedAndATokenIsNot() {
        String method = GRPCInferenceServiceGrpc.getServerMetadataMethod().getFullMethodName();
        assertThat(status(as("sk-ortune-" + "A".repeat(43)), method))
                .isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(status(as(issuer.forged(issuer.claims("acme", "infer"))), method))
                .isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(status(as(issuer.token(issuer.claims("acme", "infer"))), method))
                .isEqualTo(Status.Code.OK);
        assertThat(status(as(issuer.token(issuer.claims("acme", ""))), method))
                .isEqualTo(Status.Code.PERMISSION_DENIED);
    }

    @Test
    void healthIsOpenAndReflectionNeedsAnyKey() {
        assertThat(status(channel, "grpc.health.v1.Health/Check")).isEqualTo(Status.Code.OK);
        assertThat(reflection(channel)).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(reflection(as(admin.key("acme", "infer")))).isEqualTo(Status.Code.OK);
        assertThat(reflection(as(issuer.token(issuer.claims("acme", "train")))))
                .isEqualTo(Status.Code.OK);
    }

    @Test
    void changesAreInTheAuditLog() throws InterruptedException {
        String key = admin.key("grpc-audited", "train", "admin");
        RepositoryModelUnloadRequest request =
                RepositoryModelUnloadRequest.newBuilder().setModelName("no-such-model").build();
        String method =
                GRPCInferenceServiceGrpc.getRepositoryModelUnloadMethod().getFullMethodName();
        StatusRuntimeException failure =
                catchThrowableOfType(
                        StatusRuntimeException.class,
                        () -> call(as(key), method, request.toByteArray()));
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        status(as(key), GRPCInferenceServiceGrpc.getServerLiveMethod().getFullMethodName());
        Asking audited = admin.as(key);
        JsonNode entries = audited.get("/v1/audit").json().path("entries");
        for (int attempt = 0; attempt < 100 && entries.isEmpty(); attempt++) {
            Thread.sleep(50);
            entries = audited.get("/v1/audit").json().path("entries");
        }
        assertThat(entries).hasSize(1);
        assertThat(entries.path(0).path("action").asText()).isEqualTo(method);
        assertThat(entries.path(0).path("object").asText()).isEqualTo("no-such-model");
        assertThat(entries.path(0).path("outcome").asText()).isEqualTo("NOT_FOUND");
        assertThat(entries.path(0).path("address").asText()).isEqualTo("127.0.0.1");
    }

    @Test
    void aTenantThatAsksTooOftenIsToldWhenToComeBack() {
        admin.send("PUT", "/v1/tenants/grpc-slow/quota", "{\"requests_per_second\": 0.1}");
        Channel slow = as(admin.key("grpc-slow", "infer"));
        String method = GRPCInferenceServiceGrpc.getServerLiveMethod().getFullMethodName();
        assertThat(status(slow, method)).isEqualTo(Status.Code.OK);
        StatusRuntimeException refusal = refusal(slow, method);
        assertThat(refusal.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(code(refusal)).isEqualTo("RATE_LIMITED");
        assertThat(
                        refusal.getTrailers()
                                .get(
                                        Metadata.Key.of(
                                                "retry-after", Metadata.ASCII_STRING_MARSHALLER)))
                .isEqualTo("10");
    }

    private static List<String> methods() {
        return Stream.of(
                        GRPCInferenceServiceGrpc.getServiceDescriptor(),
                        FineTuningGrpc.getServiceDescriptor())
                .flatMap(service -> service.getMethods().stream())
                .map(MethodDescriptor::getFullMethodName)
                .toList();
    }

    private Channel as(String credential) {
        Metadata metadata = new Metadata();
        metadata.put(
                Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                "Bearer " + credential);
        return ClientInterceptors.intercept(
                channel, MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    private static Status.Code status(Channel channel, String method) {
        try {
            call(channel, method, new byte[0]);
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    private static StatusRuntimeException refusal(Channel channel, String method) {
        return catchThrowableOfType(
                StatusRuntimeException.class, () -> call(channel, method, new byte[0]));
    }

    private static Status.Code reflection(Channel channel) {
        try {
            // list_services of any name.
            Iterator<byte[]> answers =
                    ClientCalls.blockingServerStreamingCall(
                            channel,
                            descriptor(REFLECTION, MethodDescriptor.MethodType.BIDI_STREAMING),
                            CallOptions.DEFAULT,
                            new byte[] {0x3a, 0x01, '*'});
            answers.next();
            return Status.Code.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus().getCode();
        }
    }

    private static void call(Channel channel, String method, byte[] message) {
        ClientCalls.blockingUnaryCall(
                channel,
                descriptor(method, MethodDescriptor.MethodType.UNARY),
                CallOptions.DEFAULT,
                message);
    }

    private static MethodDescriptor<byte[], byte[]> descriptor(
            String method, MethodDescriptor.MethodType type) {
        return MethodDescriptor.newBuilder(BYTES, BYTES)
                .setType(type)
                .setFullMethodName(method)
                .build();
    }

    private static String code(StatusRuntimeException failure) {
        return failure.getTrailers()
                .get(Metadata.Key.of("ortune-code", Metadata.ASCII_STRING_MARSHALLER));
    }
}
