package dev.ortune.api.tuning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ortune.api.rest.TestTenantFilter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Over HTTP. */
final class RestTuningClient implements TuningClient {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final String JOBS = "/v1/fine_tuning/jobs";

    private final HttpClient http = HttpClient.newHttpClient();
    private final int port;
    private final Optional<String> tenant;

    RestTuningClient(int port, Optional<String> tenant) {
        this.port = port;
        this.tenant = tenant;
    }

    @Override
    public String upload(String name, String content) {
        String form =
                "--x\r\nContent-Disposition: form-data; name=\"purpose\"\r\n\r\nfine-tune\r\n"
                        + "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\""
                        + name
                        + "\"\r\nContent-Type: application/octet-stream\r\n\r\n"
                        + content
                        + "\r\n--x--\r\n";
        return json(request("/v1/files")
                        .header("Content-Type", "multipart/form-data; boundary=x")
                        .POST(BodyPublishers.ofString(form)))
                .path("id")
                .asText();
    }

    @Override
    public FileView file(String id) {
        return file(json(request("/v1/files/" + id)));
    }

    private static FileView file(JsonNode file) {
        return new FileView(
                file.path("id").asText(),
                file.path("filename").asText(),
                file.path("purpose").asText(),
                file.path("bytes").asLong());
    }

    @Override
    public Page<FileView> files(Optional<String> after, int limit) {
        return page("/v1/files", after, limit, Map.of(), RestTuningClient::file);
    }

    @Override
    public String content(String id) {
        return send(request("/v1/files/" + id + "/content"));
    }

    @Override
    public void deleteFile(String id) {
        send(request("/v1/files/" + id).DELETE());
    }

    @Override
    public JobView create(String body, Optional<String> idempotencyKey) {
        HttpRequest.Builder request = request(JOBS).POST(BodyPublishers.ofString(body));
        idempotencyKey.ifPresent(key -> request.header("Idempotency-Key", key));
        return job(json(request));
    }

    @Override
    public DryRunView dryRun(String body) {
        JsonNode run =
                json(
                        request(JOBS)
                                .POST(
                                        BodyPublishers.ofString(
                                                ((ObjectNode) parse(body))
                                                        .put("dry_run", true)
                                                        .toString())));
        List<String> findings = new ArrayList<>();
        run.path("report")
                .path("findings")
                .forEach(finding -> findings.add(finding.path("message").asText()));
        return new DryRunView(
                run.path("valid").asBoolean(),
                run.path("estimate").path("total_steps").asInt(),
                findings);
    }

    @Override
    public JobView job(String id) {
        return job(json(request(JOBS + "/" + id)));
    }

    private static JobView job(JsonNode job) {
        Map<String, String> metadata = new TreeMap<>();
        job.path("metadata")
                .properties()
                .forEach(note -> metadata.put(note.getKey(), note.getValue().asText()));
        List<String> files = new ArrayList<>();
        job.path("result_files").forEach(file -> files.add(file.asText()));
        return new JobView(
                job.path("id").asText(),
                job.path("status").asText(),
                text(job.path("fine_tuned_model")),
                text(job.path("error").path("code")),
                text(job.path("error").path("message")),
                job.path("progress").path("step").asInt(),
                job.path("progress").path("checkpoint_step").asInt(),
                job.path("seed").asLong(),
                job.path("hyperparameters").path("n_epochs").asInt(),
                metadata,
                files);
    }

    @Override
    public Page<JobView> jobs(Optional<String> after, int limit, Map<String, String> metadata) {
        Map<String, String> notes = new TreeMap<>();
        metadata.forEach((name, note) -> notes.put("metadata[" + name + "]", note));
        return page(JOBS, after, limit, notes, RestTuningClient::job);
    }

    @Override
    public JobView cancel(String id) {
        return job(json(request(JOBS + "/" + id + "/cancel").POST(BodyPublishers.noBody())));
    }

    @Override
    public JobView pause(String id) {
        return job(json(request(JOBS + "/" + id + "/pause").POST(BodyPublishers.noBody())));
    }

    @Override
    public JobView resume(String id) {
        return job(json(request(JOBS + "/" + id + "/resume").POST(BodyPublishers.noBody())));
    }

    @Override
    public Page<EventView> events(String id, Optional<String> after, int limit) {
        return page(JOBS + "/" + id + "/events", after, limit, Map.of(), RestTuningClient::event);
    }

    private static EventView event(JsonNode event) {
        return new EventView(
                event.path("id").asText(),
                event.path("level").asText(),
                event.path("message").asText());
    }

    @Override
    public List<EventView> follow(String id) {
        HttpResponse<Stream<String>> response =
                exchange(
                        request(JOBS + "/" + id + "/events").header("Accept", "text/event-stream"),
                        BodyHandlers.ofLines());
        try (Stream<String> lines = response.body()) {
            if (response.statusCode() != 200) {
                throw refusal(lines.collect(Collectors.joining("\n")));
            }
            return lines.filter(line -> line.startsWith("data:"))
                    .map(line -> line.substring("data:".length()))
                    .takeWhile(data -> !data.equals("[DONE]"))
                    .map(data -> event(parse(data)))
                    .toList();
        }
    }

    @Override
    public Page<CheckpointView> checkpoints(String id, Optional<String> after, int limit) {
        return page(
                JOBS + "/" + id + "/checkpoints",
                after,
                limit,
                Map.of(),
                checkpoint ->
                        new CheckpointView(
                                checkpoint.path("id").asText(),
                                checkpoint.path("epoch").asInt(),
                                checkpoint.path("step_number").asInt(),
                                text(checkpoint.path("fine_tuned_model_checkpoint"))));
    }

    @Override
    public Page<StepView> steps(String id, int after, int limit) {
        return page(
                JOBS + "/" + id + "/metrics",
                Optional.of(Integer.toString(after)),
                limit,
                Map.of(),
                step ->
                        new StepView(
                                step.path("step").asInt(), step.path("train_loss").asDouble()));
    }

    @Override
    public String classify(String model, String text) {
        return json(request("/v1/models/" + model + "/classify")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"text\":\"" + text + "\"}")))
                .path("results")
                .path(0)
                .path("label")
                .asText();
    }

    @Override
    public void close() {
        // The client's threads end with the last reference to it.
    }

    private <T> Page<T> page(
            String path,
            Optional<String> after,
            int limit,
            Map<String, String> parameters,
            Function<JsonNode, T> element) {
        StringBuilder address = new StringBuilder(path + "?limit=" + limit);
        after.ifPresent(last -> address.append("&after=").append(encoded(last)));
        parameters.forEach(
                (name, value) ->
                        address.append('&')
                                .append(encoded(name))
                                .append('=')
                                .append(encoded(value)));
        JsonNode list = json(request(address.toString()));
        List<T> elements = new ArrayList<>();
        list.path("data").forEach(node -> elements.add(element.apply(node)));
        return new Page<>(elements, list.path("has_more").asBoolean());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
        tenant.ifPresent(name -> request.header(TestTenantFilter.TENANT, name));
        return request;
    }

    private JsonNode json(HttpRequest.Builder request) {
        return parse(send(request));
    }

    private String send(HttpRequest.Builder request) {
        HttpResponse<String> response = exchange(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw refusal(response.body());
        }
        return response.body();
    }

    private static Refusal refusal(String body) {
        JsonNode error = parse(body).path("error");
        return new Refusal(
                error.path("code").asText(),
                text(error.path("param")).orElse(""),
                error.path("message").asText());
    }

    private <T> HttpResponse<T> exchange(
            HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) {
        try {
            return http.send(request.build(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }

    private static Optional<String> text(JsonNode node) {
        return node.isTextual() ? Optional.of(node.asText()) : Optional.empty();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
