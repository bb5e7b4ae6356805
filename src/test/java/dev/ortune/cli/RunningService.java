package dev.ortune.cli;

import dev.ortune.api.rest.FreePort;
import dev.ortune.api.rest.GrpcAddress;
import dev.ortune.api.rest.TinyModels;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged service as a process of its own, with {@link TinyModels} on random ports. */
public final class RunningService implements AutoCloseable {

    private static final Duration LONGEST_START = Duration.ofSeconds(90);

    private final Process process;
    private final Path folder;
    private final URI http;
    private final GrpcAddress grpc;

    private RunningService(Process process, Path folder, URI http, GrpcAddress grpc) {
        this.process = process;
        this.folder = folder;
        this.http = http;
        this.grpc = grpc;
    }

    /** Starts the service and waits until it is ready; its output goes into the folder. */
    public static RunningService start(Path folder) throws IOException, InterruptedException {
        return start(folder, Map.of());
    }

    /** The same with more settings. */
    public static RunningService start(Path folder, Map<String, String> more)
            throws IOException, InterruptedException {
        Map<String, String> models = new HashMap<>(new TinyModels().start());
        models.putAll(more);
        int port = FreePort.find();
        GrpcAddress grpc =
                new GrpcAddress(Integer.parseInt(models.get("quarkus.grpc.server.port")));
        StringBuilder settings = new StringBuilder("quarkus.http.port=" + port + "\n");
        models.forEach(
                (name, value) ->
                        settings.append(name)
                                .append('=')
                                .append(value.replace('\\', '/'))
                                .append('\n'));
        Path configuration = Files.createDirectories(folder.resolve("config"));
        Files.writeString(configuration.resolve("application.properties"), settings.toString());
        Process process = PackagedProgram.start(folder, folder, "serve", "--threads", "1");
        RunningService service =
                new RunningService(process, folder, URI.create("http://127.0.0.1:" + port), grpc);
        service.awaitReady();
        return service;
    }

    /** Where it speaks HTTP. */
    public URI http() {
        return http;
    }

    /** Where it speaks gRPC. */
    public GrpcAddress grpc() {
        return grpc;
    }

    /** What it wrote to its error stream, its log included. */
    public String log() throws IOException {
        return PackagedProgram.error(folder) + Files.readString(folder.resolve("out.txt"));
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void awaitReady() throws IOException, InterruptedException {
        Instant end = Instant.now().plus(LONGEST_START);
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(http.resolve("/q/health/ready")).build();
        while (Instant.now().isBefore(end) && process.isAlive()) {
            try {
                if (client.send(request, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not listening yet.
            }
            Thread.sleep(200);
        }
        close();
        throw new AssertionError("not ready: " + log());
    }
}
