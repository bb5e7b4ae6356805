package dev.ortune.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.smallrye.health.SmallRyeHealthReporter;
import jakarta.enterprise.inject.spi.CDI;
import java.time.Duration;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/**
 * The running service: says where it listens, prints its arguments and waits for the end, or until it is
 * ready where it is only to come so far. Where the log is JSON, these lines are too, since programs read
 * them.
 */
public final class ServiceApplication implements QuarkusApplication {

    private static final Logger LOG = Logger.getLogger(ServiceApplication.class);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    private static final long LOOK_MILLIS = 20;
    private static final int NOT_READY = 1;

    @Override
    public int run(String... announcement) {
        Config config = ConfigProvider.getConfig();
        Consumer<String> output = isLogJson(config) ? LOG::info : System.err::println;
        output.accept(
                String.format(
                        "Listening on http://%s:%s (health /q/health, metrics /q/metrics, OpenAPI"
                                + " /q/openapi), gRPC on port %s.",
                        config.getValue("quarkus.http.host", String.class),
                        config.getValue("quarkus.http.port", String.class),
                        config.getValue("quarkus.grpc.server.port", String.class)));
        for (String line : announcement) {
            output.accept(line);
        }
        if (config.getValue("ortune.until-ready", Boolean.class)) {
            return awaitReady(output);
        }
        Quarkus.waitForExit();
        return 0;
    }

    private static int awaitReady(Consumer<String> output) {
        SmallRyeHealthReporter health = CDI.current().select(SmallRyeHealthReporter.class).get();
        long start = System.nanoTime();
        while (health.getReadiness().isDown()) {
            if (System.nanoTime() - start > LONGEST.toNanos()) {
                output.accept(
                        "error: not ready within "
                                + LONGEST.toMinutes()
                                + " minutes: "
                                + health.getReadiness().getPayload());
                return NOT_READY;
            }
            try {
                Thread.sleep(LOOK_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return NOT_READY;
            }
        }
        output.accept("Ready, and done.");
        return 0;
    }

    private static boolean isLogJson(Config config) {
        return config.getOptionalValue("quarkus.log.console.json.enabled", Boolean.class)
                .orElse(false);
    }
}
