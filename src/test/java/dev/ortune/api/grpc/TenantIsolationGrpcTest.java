package dev.ortune.api.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.ortune.api.grpc.proto.GRPCInferenceServiceGrpc;
import dev.ortune.api.grpc.proto.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import dev.ortune.api.grpc.proto.InferTensorContents;
import dev.ortune.api.grpc.proto.ModelInferRequest;
import dev.ortune.api.grpc.proto.ModelInferRequest.InferInputTensor;
import dev.ortune.api.grpc.proto.ModelMetadataRequest;
import dev.ortune.api.grpc.proto.ModelReadyRequest;
import dev.ortune.api.grpc.proto.RepositoryIndexRequest;
import dev.ortune.api.grpc.proto.RepositoryIndexResponse.ModelIndex;
import dev.ortune.api.grpc.proto.RepositoryModelLoadRequest;
import dev.ortune.api.grpc.proto.RepositoryModelUnloadRequest;
import dev.ortune.api.rest.GrpcAddress;
import dev.ortune.api.rest.Tenant;
import dev.ortune.api.rest.TinyModels;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one tenant can learn of another's models over gRPC: nothing. */
@QuarkusTest
@QuarkusTestResource(TinyModels.class)
class TenantIsolationGrpcTest {

    private static final Tenant ACME = new Tenant("acme");
    private static final Tenant GLOBEX = new Tenant("globex");

    GrpcAddress address;

    private ManagedChannel channel;

    @BeforeEach
    void connect() {
        channel = address.open();
    }

    @AfterEach
    void disconnect() {
        ACME.deletes("hidden");
        channel.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hidden", "hidden@1", "hidden@prod", "acme~hidden"})
    void anotherTenantsModelIsAnsweredLikeOneThatNeverWas(String model) {
        List<String> never = answers(model);
        ACME.publishes("hidden").then().statusCode(201);
        assertThat(answers(model)).isEqualTo(never).noneMatch(answer -> answer.contains("globex"));
        assertThat(as(ACME).modelReady(ready("hidden")).getReady()).isTrue();
    }

    @Test
    void theOwnerSeesAndUsesItUnderItsBareName() {
        ACME.publishes("hidden").then().statusCode(201);
        assertThat(names(ACME)).containsExactly("by-peft", "hidden", "reviews");
        assertThat(names(GLOBEX)).containsExactly("by-peft", "reviews");
        assertThat(as(ACME).modelInfer(infer("hidden")).getModelName()).isEqualTo("hidden");
        assertThat(as(ACME).modelMetadata(metadata("hidden")).getName()).isEqualTo("hidden");
    }

    @Test
    void aSharedModelIsUnloadedForWhoUnloadsIt() {
        as(ACME).repositoryModelUnload(unload("reviews"));
        try {
            assertThat(as(ACME).modelReady(ready("reviews")).getReady()).isFalse();
            assertThat(as(GLOBEX).modelReady(ready("reviews")).getReady()).isTrue();
            assertThat(as(GLOBEX).modelInfer(infer("reviews")).getModelVersion()).isEqualTo("1");
        } finally {
            as(ACME).repositoryModelLoad(load("reviews"));
        }
        assertThat(as(ACME).modelReady(ready("reviews")).getReady()).isTrue();
    }

    private GRPCInferenceServiceBlockingStub as(Tenant tenant) {
        Metadata metadata = new Metadata();
        metadata.put(TestTenantInterceptor.TENANT, tenant.name());
        return GRPCInferenceServiceGrpc.newBlockingStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    private List<String> names(Tenant tenant) {
        return as(tenant)
                .repositoryIndex(RepositoryIndexRequest.getDefaultInstance())
                .getModelsList()
                .stream()
                .map(ModelIndex::getName)
                .toList();
    }

    /** What the other tenant gets from every method, its error and trailers included. */
    private List<String> answers(String model) {
        List<Function<GRPCInferenceServiceBlockingStub, Object>> calls =
                List.of(
                        stub -> stub.modelReady(ready(model)),
                        stub -> stub.modelMetadata(metadata(model)),
                        stub -> stub.modelInfer(infer(model)),
                        stub -> stub.repositoryModelLoad(load(model)),
                        stub -> stub.repositoryModelUnload(unload(model)),
                        stub -> stub.repositoryIndex(RepositoryIndexRequest.getDefaultInstance()));
        return calls.stream().map(call -> answer(call)).toList();
    }

    private String answer(Function<GRPCInferenceServiceBlockingStub, Object> call) {
        try {
            return call.apply(as(GLOBEX)).toString();
        } catch (StatusRuntimeException e) {
            return e.getStatus()
                    + " "
                    + e.getTrailers().get(GrpcErrors.CODE)
                    + e.getTrailers().keys();
        }
    }

    private static ModelReadyRequest ready(String model) {
        return ModelReadyRequest.newBuilder().setName(model).build();
    }

    private static ModelMetadataRequest metadata(String model) {
        return ModelMetadataRequest.newBuilder().setName(model).build();
    }

    private static RepositoryModelLoadRequest load(String model) {
        return RepositoryModelLoadRequest.newBuilder().setModelName(model).build();
    }

    private static RepositoryModelUnloadRequest unload(String model) {
        return RepositoryModelUnloadRequest.newBuilder().setModelName(model).build();
    }

    private static ModelInferRequest infer(String model) {
        return ModelInferRequest.newBuilder()
                .setModelName(model)
                .addInputs(
                        InferInputTensor.newBuilder()
                                .setName("text")
                                .setDatatype("BYTES")
                                .addShape(1)
                                .setContents(
                                        InferTensorContents.newBuilder()
                                                .addBytesContents(ByteString.copyFromUtf8("good"))))
                .build();
    }
}
