package dev.ortune.api.fuzz;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ortune.api.fuzz.ApiDocument.Operation;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What holds for every answer, whatever was asked. */
final class AnswerRules {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** What only the service's inside or this machine knows. */
    private static final List<String> SECRETS =
            List.of(
                    "Exception",
                    // Our own fault, also where a protocol tells it with a status below 500.
                    "The service failed to answer",
                    "dev.ortune",
                    "java.",
                    "jakarta.",
                    "com.fasterxml",
                    "org.jboss",
                    "org.h2",
                    "org.postgresql",
                    "org.jdbi",
                    "io.quarkus",
                    "io.vertx",
                    "io.netty",
                    "\tat ",
                    "\\tat ",
                    "jdbc:",
                    System.getProperty("user.dir"),
                    System.getProperty("java.io.tmpdir") + "/",
                    System.getProperty("user.home") + "/");

    /** Paths of which nobody can say whose address they are. */
    private static final Pattern UNCLEAR =
            Pattern.compile("//|/\\.|%2[eEfF]|%5[cC]|;|/$|%00|[A-Z]{2,}|%(?![0-9A-Fa-f]{2})");

    private static final Pattern MALFORMED = Pattern.compile("%(?![0-9A-Fa-f]{2})");
    private static final int LONGEST_TARGET = 3900;

    private AnswerRules() {}

    /** How errors look. */
    enum Form {
        PROBLEM {
            @Override
            boolean fits(RawAnswer answer, JsonNode body) {
                return answer.mediaType().equals("application/problem+json")
                        && hasTexts(body, "type", "title", "detail", "code", "remedy")
                        && body.path("status").asInt() == answer.status();
            }
        },
        OPENAI {
            @Override
            boolean fits(RawAnswer answer, JsonNode body) {
                JsonNode error = body.path("error");
                return hasTexts(error, "message", "type", "code")
                        && error.has("param")
                        && (error.get("param").isNull() || error.get("param").isTextual());
            }
        },
        OPEN_INFERENCE {
            @Override
            boolean fits(RawAnswer answer, JsonNode body) {
                // A model that is not ready is told by the answer itself.
                return hasTexts(body, "error") || body.path("ready").isBoolean();
            }
        },
        TEXT_EMBEDDINGS_INFERENCE {
            @Override
            boolean fits(RawAnswer answer, JsonNode body) {
                return hasTexts(body, "error", "error_type");
            }
        };

        abstract boolean fits(RawAnswer answer, JsonNode body);

        static Form of(String path) {
            if (path.equals("/v2") || path.startsWith("/v2/")) {
                return OPEN_INFERENCE;
            }
            if (List.of("/predict", "/info", "/health").contains(path)) {
                return TEXT_EMBEDDINGS_INFERENCE;
            }
            return path.matches("/v1/(files|fine_tuning|webhook_endpoints)(/.*)?")
                    ? OPENAI
                    : PROBLEM;
        }

        private static boolean hasTexts(JsonNode node, String... names) {
            for (String name : names) {
                if (!node.path(name).isTextual() || node.path(name).asText().isBlank()) {
                    return false;
                }
            }
            return true;
        }
    }

    /** What is wrong with an answer, if something is. */
    static Optional<String> fault(Operation operation, RawRequest request, RawAnswer answer) {
        if (answer.status() == 0) {
            return Optional.of("no answer");
        }
        if (answer.status() >= 500 && !isDocumented(operation, request, answer)) {
            return Optional.of("status " + answer.status());
        }
        boolean isText =
                answer.mediaType().endsWith("json") || answer.mediaType().startsWith("text/");
        if (isText || answer.status() >= 400) {
            Optional<String> secret = SECRETS.stream().filter(answer.text()::contains).findFirst();
            if (secret.isPresent()) {
                return Optional.of("it tells " + secret.get());
            }
        }
        if (request.method().equals("HEAD") || answer.status() == 204) {
            return answer.body().length == 0
                    ? Optional.empty()
                    : Optional.of("a body where there can be none");
        }
        if (answer.status() >= 400) {
            return formFault(request, answer);
        }
        if (answer.mediaType().endsWith("json") && parsed(answer).isEmpty()) {
            return Optional.of("JSON that is not well formed");
        }
        return Optional.empty();
    }

    /** JSON, if the answer is. */
    static Optional<JsonNode> parsed(RawAnswer answer) {
        try {
            return Optional.of(MAPPER.readTree(answer.text()))
                    .filter(node -> !node.isMissingNode());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static boolean isDocumented(Operation operation, RawRequest request, RawAnswer answer) {
        return (answer.status() == 503 || answer.status() == 504)
                && request.method().replace("HEAD", "GET").equals(operation.method())
                && operation.statuses().contains(Integer.toString(answer.status()));
    }

    private static Optional<String> formFault(RawRequest request, RawAnswer answer) {
        if (request.target().length() > LONGEST_TARGET
                || MALFORMED.matcher(request.target()).find()) {
            // No request of HTTP: the server itself refuses it.
            return Optional.empty();
        }
        Optional<JsonNode> body = parsed(answer);
        if (body.isEmpty()) {
            return Optional.of("an error that is not JSON: " + answer.mediaType());
        }
        String path = request.target().split("\\?", 2)[0];
        List<Form> forms =
                UNCLEAR.matcher(path).find() ? List.of(Form.values()) : List.of(Form.of(path));
        return forms.stream().anyMatch(form -> form.fits(answer, body.get()))
                ? Optional.empty()
                : Optional.of("an error that is not of the form " + forms.get(0));
    }
}
