package dev.ortune.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/**
 * The running service: says where it listens, prints its arguments and waits for the end. Where the log
 * is JSON, these lines are too, since programs read them.
 */
public final class ServiceApplication implements QuarkusApplication {

    private static final Logger LOG = Logger.getLogger(ServiceApplication.class);

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
        Quarkus.waitForExit();
        return 0;
    }

    private static boolean isLogJson(Config config) {
        return config.getOptionalValue("quarkus.log.console.json.enabled", Boolean.class)
                .orElse(false);
    }
}
