package dev.ortune.api.grpc;

import dev.ortune.api.grpc.proto.GRPCInferenceServiceGrpc;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;

/** {@code inference.GRPCInferenceService}. */
@GrpcService
@Singleton
public final class InferenceGrpcService implements BindableService {

    private final InferenceMethods inference;
    private final RepositoryMethods repository;
    private final ExecutorService workers;

    InferenceGrpcService(
            InferenceMethods inference, RepositoryMethods repository, ExecutorService workers) {
        this.inference = inference;
        this.repository = repository;
        this.workers = workers;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return new ServiceBinder(GRPCInferenceServiceGrpc.getServiceDescriptor(), workers)
                .now(
                        GRPCInferenceServiceGrpc.getServerLiveMethod(),
                        request -> inference.serverLive())
                .now(
                        GRPCInferenceServiceGrpc.getServerReadyMethod(),
                        request -> inference.serverReady())
                .now(GRPCInferenceServiceGrpc.getModelReadyMethod(), inference::modelReady)
                .now(
                        GRPCInferenceServiceGrpc.getServerMetadataMethod(),
                        request -> inference.serverMetadata())
                .now(GRPCInferenceServiceGrpc.getModelMetadataMethod(), inference::modelMetadata)
                .later(GRPCInferenceServiceGrpc.getModelInferMethod(), inference::modelInfer)
                .now(GRPCInferenceServiceGrpc.getRepositoryIndexMethod(), repository::index)
                .now(GRPCInferenceServiceGrpc.getRepositoryModelLoadMethod(), repository::load)
                .now(GRPCInferenceServiceGrpc.getRepositoryModelUnloadMethod(), repository::unload)
                .bind();
    }
}
