package dev.ortune.observability;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ortune.api.rest.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** A Prometheus that scrapes one service, with our configuration and rules, only faster. */
final class RunningPrometheus implements AutoCloseable {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final long LONGEST_END_SECONDS = 10;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Instant start = Instant.now();
    private final Process process;
    private final URI root;
    private final Path output;

    private RunningPrometheus(Process process, URI root, Path output) {
        this.process = process;
        this.root = root;
        this.output = output;
    }

    /** Starts it on 127.0.0.1 and waits until it is ready. */
    static RunningPrometheus start(
            PrometheusPrograms programs, Path configuration, Path folder, URI service)
            throws IOException, InterruptedException {
        Path own = Files.createDirectories(folder.resolve("prometheus"));
        Files.copy(configuration.resolve("rules.yml"), own.resolve("rules.yml"));
        Files.writeString(
                own.resolve("prometheus.yml"),
                Files.readString(configuration.resolve("prometheus.yml"))
                        .replace("127.0.0.1:8080", service.getAuthority())
                        .replace("15s", "1s"));
        int port = FreePort.find();
        Path output = own.resolve("output.txt");
        Process process =
                new ProcessBuilder(
                                programs.prometheus(),
                                "--config.file=" + own.resolve("prometheus.yml"),
                                "--storage.tsdb.path=" + own.resolve("data"),
                                "--web.listen-address=127.0.0.1:" + port)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        RunningPrometheus prometheus =
                new RunningPrometheus(process, URI.create("http://127.0.0.1:" + port), output);
        prometheus.awaitReady();
        return prometheus;
    }

    /** Whether an expression was a number at some time since the start. */
    boolean hasData(String expression) throws IOException, InterruptedException {
        JsonNode answer =
                get(
                        "/api/v1/query_range?step=1&start="
                                + start.getEpochSecond()
                                + "&end="
                                + Instant.now().getEpochSecond()
                                + "&query="
                                + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        for (JsonNode series : answer.path("data").path("result")) {
            for (JsonNode sample : series.path("values")) {
                if (Double.isFinite(sample.path(1).asDouble(Double.NaN))) {
                    return true;
                }
            }
        }
        return false;
    }

    /** What it made of the rules: the member {@code groups} of its answer. */
    JsonNode ruleGroups() throws IOException, InterruptedException {
        return get("/api/v1/rules").path("data").path("groups");
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> response =
                client.send(
                        HttpRequest.newBuilder(URI.create(root + path)).build(),
                        BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new AssertionError(path + ": " + response.body());
        }
        return MAPPER.readTree(response.body());
    }

    private void awaitReady() throws IOException, InterruptedException {
        Instant end = Instant.now().plus(LONGEST_START);
        HttpRequest request = HttpRequest.newBuilder(root.resolve("/-/ready")).build();
        while (Instant.now().isBefore(end) && process.isAlive()) {
            try {
                if (client.send(request, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not listening yet.
            }
            Thread.sleep(100);
        }
        close();
        throw new AssertionError("not ready: " + Files.readString(output));
    }
}
