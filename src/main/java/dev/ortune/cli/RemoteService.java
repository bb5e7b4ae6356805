package dev.ortune.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ortune.error.DeniedException;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.error.OrtuneException;
import dev.ortune.error.UnavailableException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/** A running service, asked over HTTP; its errors become ours. */
final class RemoteService {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int FIRST_ERROR = 400;
    private static final int FIRST_FAULT_OF_THE_SERVICE = 500;

    private final URI root;
    private final Optional<String> key;
    private final HttpClient client;
    private final JsonMapper mapper = JsonMapper.builder().build();

    /**
     * A service.
     *
     * @param root its address, without a slash at the end
     * @param key sent with every request
     */
    RemoteService(URI root, Optional<String> key) {
        this.root = root;
        this.key = key;
        this.client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    }

    /**
     * Sends a request.
     *
     * @param path with its query
     * @throws OrtuneException what the service told, or {@code SERVICE_UNREACHABLE}
     */
    JsonNode send(String method, String path, Optional<JsonNode> body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(root + path))
                        .timeout(PATIENCE)
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                body.map(json -> BodyPublishers.ofString(json.toString()))
                                        .orElseGet(BodyPublishers::noBody));
        key.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        HttpResponse<String> answer = answer(request.build());
        JsonNode json = json(answer.body());
        if (answer.statusCode() >= FIRST_ERROR) {
            throw error(answer.statusCode(), json);
        }
        return json;
    }

    private HttpResponse<String> answer(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw unreachable(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(e);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "The request cannot be sent: " + e.getMessage() + ".",
                    "Check --url and ORTUNE_API_KEY.",
                    e);
        }
    }

    private UnavailableException unreachable(Exception cause) {
        return new UnavailableException(
                ErrorCode.SERVICE_UNREACHABLE,
                "No service answers at " + root + ".",
                "Start it with ./ortune serve, or give its address with --url.",
                cause);
    }

    private JsonNode json(String body) {
        try {
            return mapper.readTree(body.isEmpty() ? "{}" : body);
        } catch (JsonProcessingException e) {
            return mapper.createObjectNode();
        }
    }

    private OrtuneException error(int status, JsonNode problem) {
        String message = problem.path("detail").asText("The service answers " + status + ".");
        String remedy = problem.path("remedy").asText("Check that --url is a service of Ortune.");
        return switch (status) {
            case 401 ->
                    DeniedException.unauthenticated(
                            message, "Set ORTUNE_API_KEY to a key with the scope admin. " + remedy);
            case 403 -> DeniedException.forbidden(message, remedy);
            case 404 -> new InvalidInputException(ErrorCode.KEY_NOT_FOUND, message, remedy);
            default ->
                    status < FIRST_FAULT_OF_THE_SERVICE
                            ? new InvalidInputException(ErrorCode.INVALID_REQUEST, message, remedy)
                            : new UnavailableException(
                                    ErrorCode.SERVICE_UNREACHABLE, message, remedy);
        };
    }
}
