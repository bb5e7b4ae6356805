package dev.ortune.api.grpc;

import com.google.protobuf.MessageLite;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Binds a service's methods by hand.
 *
 * <p>The generated base classes will not do: their marshallers answer bytes that are no message with
 * {@code UNKNOWN}, and their methods cannot send trailing metadata with an answer. Every method runs on
 * worker threads.
 */
public final class ServiceBinder {

    private final ServiceDescriptor generated;
    private final Executor workers;
    private final List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();

    public ServiceBinder(ServiceDescriptor generated, Executor workers) {
        this.generated = generated;
        this.workers = workers;
    }

    /** Binds a method whose answer is there when it returns. */
    public <Q extends MessageLite, R> ServiceBinder now(
            MethodDescriptor<Q, R> method, Function<Q, R> body) {
        return later(method, (request, caller) -> Reply.now(body.apply(request)));
    }

    /** Binds a method whose answer comes when it comes. */
    <Q extends MessageLite, R> ServiceBinder later(
            MethodDescriptor<Q, R> method, BiFunction<Q, Caller, CompletionStage<Reply<R>>> body) {
        return add(method, new UnaryHandler<>(workers, body));
    }

    /**
     * Binds a method that answers with a stream.
     *
     * @param body is given what to call when its source has more, from any thread
     */
    public <Q extends MessageLite, R> ServiceBinder stream(
            MethodDescriptor<Q, R> method, BiFunction<Q, Runnable, MessageSource<R>> body) {
        return add(method, new StreamHandler<>(workers, body));
    }

    /** Binds a method that takes a stream. */
    public <Q extends MessageLite, R> ServiceBinder collect(
            MethodDescriptor<Q, R> method, Supplier<MessageSink<Q, R>> body) {
        return add(method, new CollectHandler<>(workers, body));
    }

    /** The service. */
    public ServerServiceDefinition bind() {
        ServiceDescriptor.Builder descriptor =
                ServiceDescriptor.newBuilder(generated.getName())
                        .setSchemaDescriptor(generated.getSchemaDescriptor());
        methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
        ServerServiceDefinition.Builder service =
                ServerServiceDefinition.builder(descriptor.build());
        methods.forEach(service::addMethod);
        return service.build();
    }

    private <Q extends MessageLite, R> ServiceBinder add(
            MethodDescriptor<Q, R> method, ServerCallHandler<Received<Q>, R> handler) {
        methods.add(
                ServerMethodDefinition.create(
                        method.toBuilder(
                                        Received.marshaller(method), method.getResponseMarshaller())
                                .build(),
                        handler));
        return this;
    }
}
