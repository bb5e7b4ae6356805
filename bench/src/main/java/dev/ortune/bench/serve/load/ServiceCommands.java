package dev.ortune.bench.serve.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How the packaged service is started: as {@code ./ortune serve} does, on free ports.
 *
 * @param serviceJar the packaged service
 * @param javaOptions of the service
 * @param settings environment variables of the service
 */
public record ServiceCommands(
        Path serviceJar, List<String> javaOptions, Map<String, String> settings) {

    /** As {@code ./ortune serve} has them. */
    private static final List<String> LAUNCHER_OPTIONS =
            List.of(
                    "-XX:MinHeapFreeRatio=20",
                    "-XX:MaxHeapFreeRatio=40",
                    "-XX:TieredStopAtLevel=1");

    private static final Map<String, String> LAUNCHER_ENVIRONMENT =
            Map.of("MALLOC_MMAP_THRESHOLD_", "1048576");

    public ServiceCommands {
        javaOptions = List.copyOf(javaOptions);
        settings = Map.copyOf(settings);
    }

    /**
     * A command.
     *
     * @param name for people
     * @param threads that compute
     * @param more environment variables of this one
     */
    public ServerCommand command(String name, int threads, Map<String, String> more) {
        int port = freePort();
        return command(
                name,
                List.of("--port", Integer.toString(port), "--threads", Integer.toString(threads)),
                port,
                more);
    }

    /** A command without options, as containers are started: all that it needs is in the environment. */
    public ServerCommand bare(String name) {
        int port = freePort();
        return command(name, List.of(), port, Map.of("QUARKUS_HTTP_PORT", Integer.toString(port)));
    }

    private ServerCommand command(
            String name, List<String> options, int port, Map<String, String> more) {
        List<String> arguments = new ArrayList<>();
        arguments.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        arguments.add("--enable-native-access=ALL-UNNAMED");
        arguments.addAll(LAUNCHER_OPTIONS);
        arguments.addAll(javaOptions);
        arguments.addAll(List.of("-jar", serviceJar.toString(), "serve"));
        arguments.addAll(options);
        Map<String, String> environment = new LinkedHashMap<>(LAUNCHER_ENVIRONMENT);
        environment.put("QUARKUS_GRPC_SERVER_PORT", Integer.toString(freePort()));
        environment.putAll(settings);
        environment.putAll(more);
        return new ServerCommand(
                name,
                arguments,
                environment,
                port,
                "/q/health/ready",
                "Try ./ortune serve with the same settings.");
    }

    /** A port of this machine that nobody has now. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
