package dev.ortune.api.rest;

import dev.ortune.api.grpc.proto.GRPCInferenceServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Calls of {@code ModelInfer} whose message may be any bytes. */
public final class BytesCall {

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

    private BytesCall() {}

    /** Sends a message and waits for the answer, which is not kept. */
    public static void modelInfer(Channel channel, byte[] message) {
        MethodDescriptor<byte[], byte[]> method =
                MethodDescriptor.newBuilder(BYTES, BYTES)
                        .setType(MethodDescriptor.MethodType.UNARY)
                        .setFullMethodName(
                                GRPCInferenceServiceGrpc.getModelInferMethod().getFullMethodName())
                        .build();
        ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, message);
    }
}
