package dev.ortune.api.grpc;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;

/**
 * A message as it was received; empty when its bytes are none of its type.
 *
 * <p>gRPC's own marshaller would throw instead, and the client be told of a fault of the server
 * ({@code UNKNOWN}).
 */
record Received<T extends MessageLite>(Optional<T> received) {

    /**
     * The message.
     *
     * @throws InvalidInputException {@code INVALID_REQUEST}
     */
    T message() {
        return received.orElseThrow(
                () ->
                        new InvalidInputException(
                                ErrorCode.INVALID_REQUEST,
                                "The bytes are not a message of the method's type.",
                                "Generate the client from the service's own .proto file."));
    }

    static <T extends MessageLite> Marshaller<Received<T>> marshaller(
            MethodDescriptor<T, ?> method) {
        Parser<T> parser = parser(method);
        return new Marshaller<>() {
            @Override
            public InputStream stream(Received<T> value) {
                return value.message().toByteString().newInput();
            }

            @Override
            public Received<T> parse(InputStream stream) {
                try {
                    // All of it is read here: the transport frees what stays.
                    return new Received<>(Optional.of(parser.parseFrom(stream.readAllBytes())));
                } catch (InvalidProtocolBufferException e) {
                    return new Received<>(Optional.empty());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    @SuppressWarnings("unchecked") // A message's parser makes messages of its own type.
    private static <T extends MessageLite> Parser<T> parser(MethodDescriptor<T, ?> method) {
        PrototypeMarshaller<T> generated = (PrototypeMarshaller<T>) method.getRequestMarshaller();
        return (Parser<T>)
                Objects.requireNonNull(generated.getMessagePrototype()).getParserForType();
    }
}
