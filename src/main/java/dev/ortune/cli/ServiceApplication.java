package dev.ortune.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** The running service: says where it listens, prints its arguments and waits for the end. */
public final class ServiceApplication implements QuarkusApplication {

    @Override
    public int run(String... announcement) {
        Config config = ConfigProvider.getConfig();
        System.err.printf(
                "Listening on http://%s:%s (health /q/health, metrics /q/metrics, OpenAPI"
                        + " /q/openapi), gRPC on port %s.%n",
                config.getValue("quarkus.http.host", String.class),
                config.getValue("quarkus.http.port", String.class),
                config.getValue("quarkus.grpc.server.port", String.class));
        for (String line : announcement) {
            System.err.println(line);
        }
        Quarkus.waitForExit();
        return 0;
    }
}
