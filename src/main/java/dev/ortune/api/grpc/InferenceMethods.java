package dev.ortune.api.grpc;

import dev.ortune.api.grpc.proto.ModelInferRequest;
import dev.ortune.api.grpc.proto.ModelInferResponse;
import dev.ortune.api.grpc.proto.ModelMetadataRequest;
import dev.ortune.api.grpc.proto.ModelMetadataResponse;
import dev.ortune.api.grpc.proto.ModelReadyRequest;
import dev.ortune.api.grpc.proto.ModelReadyResponse;
import dev.ortune.api.grpc.proto.ServerLiveResponse;
import dev.ortune.api.grpc.proto.ServerMetadataResponse;
import dev.ortune.api.grpc.proto.ServerReadyResponse;
import dev.ortune.api.inference.ModelMetadata;
import dev.ortune.api.inference.OpenInference;
import dev.ortune.api.inference.ServerMetadata;
import dev.ortune.api.inference.TensorMetadata;
import dev.ortune.api.inference.TimingFields;
import dev.ortune.repository.ModelReference;
import dev.ortune.serve.Timings;
import io.grpc.Metadata;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** The protocol's six methods. On worker threads. */
@Singleton
final class InferenceMethods {

    private final OpenInference inference;

    InferenceMethods(OpenInference inference) {
        this.inference = inference;
    }

    ServerLiveResponse serverLive() {
        return ServerLiveResponse.newBuilder().setLive(true).build();
    }

    ServerReadyResponse serverReady() {
        return ServerReadyResponse.newBuilder().setReady(inference.isServerReady()).build();
    }

    ModelReadyResponse modelReady(ModelReadyRequest request) {
        ModelReference model = reference(request.getName(), request.getVersion());
        return ModelReadyResponse.newBuilder().setReady(inference.isReady(model)).build();
    }

    ServerMetadataResponse serverMetadata() {
        ServerMetadata server = inference.server();
        return ServerMetadataResponse.newBuilder()
                .setName(server.name())
                .setVersion(server.version())
                .addAllExtensions(server.extensions())
                .build();
    }

    ModelMetadataResponse modelMetadata(ModelMetadataRequest request) {
        ModelMetadata model = inference.model(reference(request.getName(), request.getVersion()));
        return ModelMetadataResponse.newBuilder()
                .setName(model.name())
                .addAllVersions(model.versions())
                .setPlatform(model.platform())
                .addAllInputs(tensors(model.inputs()))
                .addAllOutputs(tensors(model.outputs()))
                .build();
    }

    CompletionStage<Reply<ModelInferResponse>> modelInfer(
            ModelInferRequest request, Caller caller) {
        return inference
                .infer(
                        GrpcRequest.parse(tenant(), request),
                        caller.timeLeft(),
                        caller.client(),
                        GrpcRequest.dataField(request))
                .thenApply(
                        answer ->
                                new Reply<>(
                                        GrpcResponse.of(answer, GrpcRequest.isRaw(request)),
                                        trailers(answer.timings())));
    }

    private static ModelReference reference(String name, String version) {
        return ModelReference.of(tenant(), name, version);
    }

    private static String tenant() {
        return GrpcCaller.current().tenant();
    }

    private static List<ModelMetadataResponse.TensorMetadata> tensors(
            List<TensorMetadata> tensors) {
        return tensors.stream()
                .map(
                        tensor ->
                                ModelMetadataResponse.TensorMetadata.newBuilder()
                                        .setName(tensor.name())
                                        .setDatatype(tensor.datatype())
                                        .addAllShape(tensor.shape())
                                        .build())
                .toList();
    }

    private static Metadata trailers(Timings timings) {
        Metadata trailers = new Metadata();
        TimingFields.of(timings)
                .forEach((name, value) -> trailers.put(GrpcErrors.key(name), value));
        return trailers;
    }
}
