package dev.ortune.api.grpc;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import grpc.health.v1.HealthOuterClass.HealthCheckResponse.ServingStatus;
import io.quarkus.grpc.runtime.health.GrpcHealthStorage;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Ends the start where gRPC cannot listen: Quarkus would log it and serve without. Runs on the
 * starting thread, after the servers were started.
 */
@Singleton
final class GrpcStart {

    private final String host;
    private final int port;

    GrpcStart(
            @ConfigProperty(name = "quarkus.grpc.server.host") String host,
            @ConfigProperty(name = "quarkus.grpc.server.port") int port) {
        this.host = host;
        this.port = port;
    }

    void check(@Observes StartupEvent event, @Any GrpcHealthStorage health) {
        ServingStatus status =
                health.statusForService(GrpcHealthStorage.DEFAULT_SERVICE_NAME).getStatus();
        if (status != ServingStatus.SERVING) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "The service cannot listen for gRPC on " + host + ":" + port + ".",
                    "Choose another --grpc-port (quarkus.grpc.server.port), or end the program that"
                            + " listens there.");
        }
    }
}
