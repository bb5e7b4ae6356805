package dev.ortune.api.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import dev.ortune.api.grpc.proto.GRPCInferenceServiceGrpc;
import dev.ortune.api.grpc.proto.GRPCInferenceServiceGrpc.GRPCInferenceServiceBlockingStub;
import dev.ortune.api.grpc.proto.InferParameter;
import dev.ortune.api.grpc.proto.InferTensorContents;
import dev.ortune.api.grpc.proto.ModelInferRequest;
import dev.ortune.api.grpc.proto.ModelInferRequest.InferInputTensor;
import dev.ortune.api.grpc.proto.ModelInferRequest.InferRequestedOutputTensor;
import dev.ortune.api.grpc.proto.ModelInferResponse;
import dev.ortune.api.grpc.proto.ModelMetadataRequest;
import dev.ortune.api.grpc.proto.ModelMetadataResponse;
import dev.ortune.api.grpc.proto.ModelReadyRequest;
import dev.ortune.api.grpc.proto.ModelRepositoryParameter;
import dev.ortune.api.grpc.proto.RepositoryIndexRequest;
import dev.ortune.api.grpc.proto.RepositoryIndexResponse.ModelIndex;
import dev.ortune.api.grpc.proto.RepositoryModelLoadRequest;
import dev.ortune.api.grpc.proto.RepositoryModelUnloadRequest;
import dev.ortune.api.grpc.proto.ServerLiveRequest;
import dev.ortune.api.grpc.proto.ServerMetadataRequest;
import dev.ortune.api.grpc.proto.ServerReadyRequest;
import dev.ortune.api.rest.BytesCall;
import dev.ortune.api.rest.GrpcAddress;
import dev.ortune.api.rest.TinyModels;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The Open Inference Protocol over gRPC, as its specification has it. */
abstract class InferenceGrpcContract {

    private static final Metadata.Key<String> CODE = GrpcErrors.CODE;

    GrpcAddress address;

    private ManagedChannel channel;
    private GRPCInferenceServiceBlockingStub client;

    @BeforeEach
    void connect() {
        channel = address.open();
        client = GRPCInferenceServiceGrpc.newBlockingStub(channel);
    }

    @AfterEach
    void disconnect() {
        channel.shutdownNow();
    }

    @Test
    void theServerLivesIsReadyAndSaysWhatItIs() {
        assertThat(client.serverLive(ServerLiveRequest.getDefaultInstance()).getLive()).isTrue();
        assertThat(client.serverReady(ServerReadyRequest.getDefaultInstance()).getReady()).isTrue();
        assertThat(client.serverMetadata(ServerMetadataRequest.getDefaultInstance()))
                .satisfies(server -> assertThat(server.getName()).isEqualTo("ortune"))
                .satisfies(
                        server ->
                                assertThat(server.getExtensionsList())
                                        .contains("model_repository", "classification"));
    }

    @Test
    void aModelSaysWhatItTakesAndGives() {
        ModelMetadataResponse model =
                client.modelMetadata(
                        ModelMetadataRequest.newBuilder()
                                .setName("reviews")
                                .setVersion("1")
                                .build());
        assertThat(model.getVersionsList()).containsExactly("1");
        assertThat(model.getPlatform()).isEqualTo("onnx_onnxv1");
        assertThat(model.getInputs(0).getName()).isEqualTo("text");
        assertThat(model.getOutputsList())
                .extracting(ModelMetadataResponse.TensorMetadata::getName)
                .containsExactly("label", "score", "probabilities", "logits");
        assertThat(model.getOutputs(2).getShapeList()).containsExactly(-1L, 3L);
    }

    @Test
    void typedContentsGetTypedContents() {
        ModelInferResponse answer = client.modelInfer(typed("it was good", "a").setId("7").build());
        assertThat(answer.getModelName()).isEqualTo("reviews");
        assertThat(answer.getModelVersion()).isEqualTo("1");
        assertThat(answer.getId()).isEqualTo("7");
        assertThat(answer.getRawOutputContentsCount()).isZero();
        assertThat(answer.getOutputs(0).getContents().getBytesContentsCount()).isEqualTo(2);
        assertThat(answer.getOutputs(2).getShapeList()).containsExactly(2L, 3L);
        assertThat(answer.getOutputs(2).getContents().getFp32ContentsCount()).isEqualTo(6);
    }

    @Test
    void rawContentsGetTheSameAnswerInRawContents() {
        ModelInferResponse typed = client.modelInfer(typed("it was good", "a").build());
        ModelInferResponse raw = client.modelInfer(raw("it was good", "a").build());
        assertThat(raw.getOutputsList()).noneMatch(output -> output.hasContents());
        assertThat(RawBytes.texts(raw.getRawOutputContents(0), "label"))
                .isEqualTo(
                        typed.getOutputs(0).getContents().getBytesContentsList().stream()
                                .map(ByteString::toStringUtf8)
                                .toList());
        ByteBuffer logits =
                raw.getRawOutputContents(3).asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        for (float logit : typed.getOutputs(3).getContents().getFp32ContentsList()) {
            assertThat(logits.getFloat()).isEqualTo(logit);
        }
        assertThat(logits.hasRemaining()).isFalse();
    }

    @Test
    void theTrailersSayWhatItCost() {
        AtomicReference<Metadata> headers = new AtomicReference<>();
        AtomicReference<Metadata> trailers = new AtomicReference<>();
        client.withInterceptors(MetadataUtils.newCaptureMetadataInterceptor(headers, trailers))
                .modelInfer(typed("good").build());
        assertThat(trailers.get().get(GrpcErrors.key("x-inference-time"))).matches("[0-9]+");
        assertThat(trailers.get().get(GrpcErrors.key("x-compute-tokens"))).matches("[0-9]+");
    }

    @Test
    void theRepositoryUnloadsAndLoads() {
        client.repositoryModelUnload(
                RepositoryModelUnloadRequest.newBuilder()
                        .setModelName("by-peft")
                        .putParameters(
                                "unload_dependents",
                                ModelRepositoryParameter.newBuilder().setBoolParam(false).build())
                        .build());
        ModelReadyRequest byPeft = ModelReadyRequest.newBuilder().setName("by-peft").build();
        try {
            assertThat(client.modelReady(byPeft).getReady()).isFalse();
            assertThat(
                            client.repositoryIndex(
                                            RepositoryIndexRequest.newBuilder()
                                                    .setReady(true)
                                                    .build())
                                    .getModelsList())
                    .extracting(ModelIndex::getName)
                    .containsExactly("reviews");
            assertThat(failure(typed("good").setModelName("by-peft")).getStatus().getCode())
                    .isEqualTo(Status.Code.UNAVAILABLE);
        } finally {
            client.repositoryModelLoad(
                    RepositoryModelLoadRequest.newBuilder().setModelName("by-peft").build());
        }
        assertThat(client.modelReady(byPeft).getReady()).isTrue();
    }

    @Test
    void anUnknownModelIsNotFound() {
        StatusRuntimeException failure = failure(typed("good").setModelName("none"));
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(failure.getTrailers().get(CODE)).isEqualTo("MODEL_NOT_FOUND");
        assertThat(failure(typed("good").setModelVersion("8")).getTrailers().get(CODE))
                .isEqualTo("VERSION_NOT_FOUND");
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("inputs: There must be one", ModelInferRequest.Builder::clearInputs),
                fault(
                        "inputs: There must be one",
                        request -> request.addInputs(request.getInputs(0))),
                fault("inputs[0].name", request -> input(request).setName("tokens")),
                fault("inputs[0].datatype", request -> input(request).setDatatype("FP32")),
                fault("inputs[0].shape: The shape [3]", request -> input(request).setShape(0, 3)),
                fault("inputs[0].shape: There must", request -> input(request).setShape(0, -1)),
                fault("inputs[0].shape: The shape must", request -> input(request).clearShape()),
                fault(
                        "inputs[0].shape: The shape must",
                        request ->
                                input(request)
                                        .setShape(0, Long.MAX_VALUE)
                                        .addShape(Long.MAX_VALUE)),
                fault(
                        "inputs[0].contents: Data of type BYTES",
                        request -> input(request).getContentsBuilder().addFp32Contents(Float.NaN)),
                fault(
                        "inputs[0].contents.bytes_contents[0]: The bytes are not UTF-8",
                        request ->
                                input(request)
                                        .getContentsBuilder()
                                        .setBytesContents(
                                                0, ByteString.copyFrom(new byte[] {(byte) 0xff}))),
                fault(
                        "inputs[0].contents: Data is given typed and raw",
                        request -> request.addRawInputContents(RawBytes.of(List.of("a")))),
                fault(
                        "raw_input_contents[0], element 0",
                        request -> {
                            input(request).clearContents();
                            request.addRawInputContents(
                                    ByteString.copyFrom(new byte[] {-1, -1, -1, -1, 5}));
                        }),
                fault(
                        "raw_input_contents: There must be one entry",
                        request -> {
                            input(request).clearContents();
                            request.addRawInputContents(ByteString.EMPTY)
                                    .addRawInputContents(ByteString.EMPTY);
                        }),
                fault(
                        "parameters.a: The parameter is not known",
                        request -> request.putParameters("a", InferParameter.getDefaultInstance())),
                fault(
                        "outputs[0].name: There is no output",
                        request ->
                                request.addOutputs(
                                        InferRequestedOutputTensor.newBuilder().setName("x"))),
                fault(
                        "inputs[0].contents.bytes_contents[0]: The text is blank",
                        request ->
                                input(request)
                                        .getContentsBuilder()
                                        .setBytesContents(0, ByteString.copyFromUtf8(" "))),
                fault("is no model name", request -> request.setModelName("../reviews")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void aFaultyFieldIsNamed(String message, Consumer<ModelInferRequest.Builder> change) {
        ModelInferRequest.Builder request = typed("good");
        change.accept(request);
        StatusRuntimeException failure = failure(request);
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(failure.getStatus().getDescription()).contains(message);
        assertThat(failure.getTrailers().get(CODE)).isEqualTo("INVALID_REQUEST");
    }

    @Test
    void bytesThatAreNoMessageAreTheClientsFault() {
        StatusRuntimeException failure =
                catchThrowableOfType(
                        StatusRuntimeException.class,
                        () -> BytesCall.modelInfer(channel, new byte[] {-1, -1, -1, 7}));
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(client.modelInfer(typed("good").build()).getOutputsCount()).isEqualTo(4);
    }

    @Test
    void aMessageBeyondTheLimitIsRefused() {
        StatusRuntimeException failure = failure(typed("a".repeat(20_000)));
        assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(client.modelInfer(typed("good").build()).getOutputsCount()).isEqualTo(4);
    }

    @Test
    void textsBeyondTheLimitsAreRefused() {
        assertThat(
                        failure(typed("a".repeat(TinyModels.MAX_CHARACTERS + 1)))
                                .getStatus()
                                .getDescription())
                .contains("201 characters; at most 200");
        assertThat(failure(typed("a", "a", "a", "a", "a")).getStatus().getDescription())
                .contains("at most 4");
    }

    private StatusRuntimeException failure(ModelInferRequest.Builder request) {
        return catchThrowableOfType(
                StatusRuntimeException.class, () -> client.modelInfer(request.build()));
    }

    private static Arguments fault(String message, Consumer<ModelInferRequest.Builder> change) {
        return Arguments.of(message, change);
    }

    private static InferInputTensor.Builder input(ModelInferRequest.Builder request) {
        return request.getInputsBuilder(0);
    }

    private static ModelInferRequest.Builder typed(String... texts) {
        InferTensorContents.Builder contents = InferTensorContents.newBuilder();
        for (String text : texts) {
            contents.addBytesContents(ByteString.copyFromUtf8(text));
        }
        ModelInferRequest.Builder request = empty(texts.length);
        request.getInputsBuilder(0).setContents(contents);
        return request;
    }

    private static ModelInferRequest.Builder raw(String... texts) {
        return empty(texts.length).addRawInputContents(RawBytes.of(List.of(texts)));
    }

    private static ModelInferRequest.Builder empty(int texts) {
        return ModelInferRequest.newBuilder()
                .setModelName("reviews")
                .addInputs(
                        InferInputTensor.newBuilder()
                                .setName("text")
                                .setDatatype("BYTES")
                                .addShape(texts));
    }
}
