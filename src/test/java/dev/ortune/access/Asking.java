package dev.ortune.access;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;

/**
 * Asks a service over HTTP as somebody.
 *
 * @param root the service's address
 * @param credential a key or a token, or none
 */
record Asking(String root, Optional<String> credential) {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    /** An answer, its body as JSON where it is some. */
    record Answer(int status, HttpResponse<String> response) {

        JsonNode json() {
            try {
                return JsonMapper.builder().build().readTree(response.body());
            } catch (IOException e) {
                throw new UncheckedIOException(response.body(), e);
            }
        }

        String body() {
            return response.body();
        }

        Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }
    }

    Asking as(String other) {
        return new Asking(root, Optional.of(other));
    }

    Answer get(String path) {
        return send("GET", path, "");
    }

    Answer post(String path, String body) {
        return send("POST", path, body);
    }

    /** Sends the path as it is, with whatever is odd about it. */
    Answer send(String method, String path, String body, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(root + path))
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body));
        credential.ifPresent(value -> request.header("Authorization", "Bearer " + value));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Has an admin create a key. */
    String key(String tenant, String... scopes) {
        Answer answer =
                post(
                        "/v1/keys",
                        "{\"name\": \"test\", \"tenant\": \""
                                + tenant
                                + "\", \"scopes\": [\""
                                + String.join("\", \"", scopes)
                                + "\"]}");
        if (answer.status() != 201) {
            throw new AssertionError(answer.body());
        }
        return answer.json().path("secret").asText();
    }
}
