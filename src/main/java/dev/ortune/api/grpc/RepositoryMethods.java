package dev.ortune.api.grpc;

import dev.ortune.api.grpc.proto.RepositoryIndexRequest;
import dev.ortune.api.grpc.proto.RepositoryIndexResponse;
import dev.ortune.api.grpc.proto.RepositoryModelLoadRequest;
import dev.ortune.api.grpc.proto.RepositoryModelLoadResponse;
import dev.ortune.api.grpc.proto.RepositoryModelUnloadRequest;
import dev.ortune.api.grpc.proto.RepositoryModelUnloadResponse;
import dev.ortune.api.inference.FieldFault;
import dev.ortune.api.inference.ModelState;
import dev.ortune.api.inference.OpenInference;
import dev.ortune.repository.ModelReference;
import jakarta.inject.Singleton;

/**
 * The methods of Triton's model repository extension. There is one repository, so none may be
 * named. On worker threads.
 */
@Singleton
final class RepositoryMethods {

    private final OpenInference inference;

    RepositoryMethods(OpenInference inference) {
        this.inference = inference;
    }

    RepositoryIndexResponse index(RepositoryIndexRequest request) {
        requireUnnamed(request.getRepositoryName());
        RepositoryIndexResponse.Builder response = RepositoryIndexResponse.newBuilder();
        for (ModelState state : inference.index(tenant(), request.getReady())) {
            response.addModelsBuilder()
                    .setName(state.name())
                    .setVersion(state.version())
                    .setState(state.state())
                    .setReason(state.reason());
        }
        return response.build();
    }

    RepositoryModelLoadResponse load(RepositoryModelLoadRequest request) {
        requireUnnamed(request.getRepositoryName());
        GrpcParameters.ofRepository(request.getParametersMap()).requireNone();
        inference.load(ModelReference.parse(tenant(), request.getModelName()));
        return RepositoryModelLoadResponse.getDefaultInstance();
    }

    RepositoryModelUnloadResponse unload(RepositoryModelUnloadRequest request) {
        requireUnnamed(request.getRepositoryName());
        GrpcParameters.ofRepository(request.getParametersMap()).requireUnloadOnly();
        inference.unload(ModelReference.parse(tenant(), request.getModelName()));
        return RepositoryModelUnloadResponse.getDefaultInstance();
    }

    private static String tenant() {
        return GrpcCaller.current().tenant();
    }

    private static void requireUnnamed(String repository) {
        if (!repository.isEmpty()) {
            throw FieldFault.of("repository_name", "There is one repository, and it has no name");
        }
    }
}
