package dev.ortune.api.rest;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;

/** Where the tested service speaks gRPC, on 127.0.0.1. */
public record GrpcAddress(int port) {

    /** A channel of its own, the caller's to shut down. */
    public ManagedChannel open() {
        return ManagedChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    }
}
