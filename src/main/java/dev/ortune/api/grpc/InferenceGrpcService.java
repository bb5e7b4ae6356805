package dev.ortune.api.grpc;

import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.ortune.api.grpc.proto.GRPCInferenceServiceGrpc;
import dev.ortune.api.grpc.proto.ModelInferRequest;
import dev.ortune.api.grpc.proto.ModelMetadataRequest;
import dev.ortune.api.grpc.proto.ModelReadyRequest;
import dev.ortune.api.grpc.proto.RepositoryIndexRequest;
import dev.ortune.api.grpc.proto.RepositoryModelLoadRequest;
import dev.ortune.api.grpc.proto.RepositoryModelUnloadRequest;
import dev.ortune.api.grpc.proto.ServerLiveRequest;
import dev.ortune.api.grpc.proto.ServerMetadataRequest;
import dev.ortune.api.grpc.proto.ServerReadyRequest;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.quarkus.grpc.GrpcService;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * {@code inference.GRPCInferenceService}.
 *
 * <p>It is bound by hand rather than by the generated base class, whose marshallers answer bytes that
 * are no message with {@code UNKNOWN} and whose methods cannot send trailing metadata with an answer.
 * Every method runs on a worker thread.
 */
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
        List<ServerMethodDefinition<?, ?>> methods =
                List.of(
                        method(
                                GRPCInferenceServiceGrpc.getServerLiveMethod(),
                                ServerLiveRequest.parser(),
                                now(request -> inference.serverLive())),
                        method(
                                GRPCInferenceServiceGrpc.getServerReadyMethod(),
                                ServerReadyRequest.parser(),
                                now(request -> inference.serverReady())),
                        method(
                                GRPCInferenceServiceGrpc.getModelReadyMethod(),
                                ModelReadyRequest.parser(),
                                now(inference::modelReady)),
                        method(
                                GRPCInferenceServiceGrpc.getServerMetadataMethod(),
                                ServerMetadataRequest.parser(),
                                now(request -> inference.serverMetadata())),
                        method(
                                GRPCInferenceServiceGrpc.getModelMetadataMethod(),
                                ModelMetadataRequest.parser(),
                                now(inference::modelMetadata)),
                        method(
                                GRPCInferenceServiceGrpc.getModelInferMethod(),
                                ModelInferRequest.parser(),
                                inference::modelInfer),
                        method(
                                GRPCInferenceServiceGrpc.getRepositoryIndexMethod(),
                                RepositoryIndexRequest.parser(),
                                now(repository::index)),
                        method(
                                GRPCInferenceServiceGrpc.getRepositoryModelLoadMethod(),
                                RepositoryModelLoadRequest.parser(),
                                now(repository::load)),
                        method(
                                GRPCInferenceServiceGrpc.getRepositoryModelUnloadMethod(),
                                RepositoryModelUnloadRequest.parser(),
                                now(repository::unload)));
        ServiceDescriptor generated = GRPCInferenceServiceGrpc.getServiceDescriptor();
        ServiceDescriptor.Builder descriptor =
                ServiceDescriptor.newBuilder(generated.getName())
                        .setSchemaDescriptor(generated.getSchemaDescriptor());
        methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
        ServerServiceDefinition.Builder service =
                ServerServiceDefinition.builder(descriptor.build());
        methods.forEach(service::addMethod);
        return service.build();
    }

    private <Q extends MessageLite, R> ServerMethodDefinition<Received<Q>, R> method(
            MethodDescriptor<Q, R> generated,
            Parser<Q> parser,
            BiFunction<Q, Caller, CompletionStage<Reply<R>>> method) {
        return ServerMethodDefinition.create(
                generated.toBuilder(Received.marshaller(parser), generated.getResponseMarshaller())
                        .build(),
                new UnaryHandler<>(workers, method));
    }

    private static <Q, R> BiFunction<Q, Caller, CompletionStage<Reply<R>>> now(
            Function<Q, R> method) {
        return (request, caller) -> Reply.now(method.apply(request));
    }
}
