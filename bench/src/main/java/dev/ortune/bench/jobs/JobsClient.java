package dev.ortune.bench.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ortune.bench.serve.load.HttpAnswer;
import dev.ortune.bench.serve.load.HttpRequest;
import dev.ortune.bench.serve.load.KeepAliveConnection;
import dev.ortune.error.InternalException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * What an owner of jobs asks a service for. Methods throw {@link IOException} while the service is not
 * there. Thread-safe.
 */
final class JobsClient {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BOUNDARY = "ortune-bench-part";
    private static final String JOBS = "/v1/fine_tuning/jobs";
    private static final String WEIGHTS = "adapter_model.safetensors";

    private final int port;
    private final JsonMapper mapper = JsonMapper.builder().build();

    JobsClient(int port) {
        this.port = port;
    }

    /** Uploads rows; the file's id. */
    String upload(String name, String rows) throws IOException {
        String body =
                "--%1$s\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nfine-tune\r\n"
                                .formatted(BOUNDARY)
                        + "--%1$s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%2$s\"\r\n"
                                .formatted(BOUNDARY, name)
                        + "Content-Type: application/octet-stream\r\n\r\n"
                        + rows
                        + "\r\n--%1$s--\r\n".formatted(BOUNDARY);
        return json(HttpRequest.post(
                        "/v1/files",
                        "multipart/form-data; boundary=" + BOUNDARY,
                        body.getBytes(StandardCharsets.UTF_8)))
                .path("id")
                .asText();
    }

    /**
     * Creates a job; its id.
     *
     * @param key tells a repeated request from a new one
     */
    String create(ObjectNode job, String key) throws IOException {
        return json(HttpRequest.post(
                        JOBS,
                        "application/json",
                        Map.of("Idempotency-Key", key),
                        mapper.writeValueAsBytes(job)))
                .path("id")
                .asText();
    }

    JsonNode job(String id) throws IOException {
        return get(JOBS + "/" + id);
    }

    /** Has a paused job go on. */
    void resume(String id) throws IOException {
        json(HttpRequest.post(JOBS + "/" + id + "/resume", "application/json", new byte[0]));
    }

    /** A job's steps in their order. */
    JsonNode steps(String id) throws IOException {
        return get(JOBS + "/" + id + "/metrics?limit=10000").path("data");
    }

    /** A job's epochs, newest first. */
    JsonNode epochs(String id) throws IOException {
        return get(JOBS + "/" + id + "/checkpoints?limit=1000").path("data");
    }

    /** A job's events, newest first. */
    JsonNode events(String id) throws IOException {
        return get(JOBS + "/" + id + "/events?limit=1000").path("data");
    }

    JsonNode get(String path) throws IOException {
        return json(HttpRequest.of("GET", path));
    }

    /** The weights of a model's version, as they were published. */
    byte[] weights(String model, String version) throws IOException {
        HttpAnswer answer =
                send(
                        HttpRequest.of(
                                "GET", "/v1/models/" + model + "/versions/" + version + "/export"));
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(answer.body()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(WEIGHTS)) {
                    return zip.readAllBytes();
                }
            }
        }
        throw new InternalException("The export of " + model + " has no " + WEIGHTS + ".");
    }

    /** What a request for something is answered with. */
    int status(String path) throws IOException {
        try (KeepAliveConnection connection = KeepAliveConnection.open(port, PATIENCE)) {
            return connection.send(HttpRequest.of("GET", path)).status();
        }
    }

    private JsonNode json(byte[] request) throws IOException {
        return mapper.readTree(send(request).body());
    }

    private HttpAnswer send(byte[] request) throws IOException {
        try (KeepAliveConnection connection = KeepAliveConnection.open(port, PATIENCE)) {
            HttpAnswer answer = connection.send(request);
            if (answer.status() == HttpAnswer.UNAVAILABLE) {
                throw new IOException("The service cannot answer now: " + answer.text());
            }
            if (answer.status() != HttpAnswer.OK) {
                throw new InternalException(
                        "The service answers " + answer.status() + ": " + answer.text());
            }
            return answer;
        }
    }
}
