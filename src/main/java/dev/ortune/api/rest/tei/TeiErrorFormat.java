package dev.ortune.api.rest.tei;

import dev.ortune.api.rest.ErrorDocument;
import dev.ortune.api.rest.ErrorFormat;
import dev.ortune.api.rest.Problem;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import java.util.Set;

/**
 * Errors of this protocol's addresses.
 *
 * <p>Statuses are text-embeddings-inference's: 413 for what its validation refuses (a batch too
 * large, a text too long), 422 for a body of another form, 424 for a model that does not answer, 429
 * under overload. It has none for a deadline, which is 504 as elsewhere.
 */
@Singleton
public final class TeiErrorFormat implements ErrorFormat {

    private static final Set<String> PATHS = Set.of("/predict", "/info", "/health");
    private static final int FAILED_DEPENDENCY = 424;
    private static final int PAYLOAD_TOO_LARGE = 413;

    @Override
    public boolean covers(String path) {
        return PATHS.contains(path);
    }

    @Override
    public ErrorDocument document(Problem problem) {
        String message = problem.detail() + " " + problem.remedy();
        return switch (problem.code()) {
            case "INVALID_REQUEST" -> error(PAYLOAD_TOO_LARGE, message, ErrorType.VALIDATION);
            case "MODEL_NOT_FOUND",
                    "VERSION_NOT_FOUND",
                    "ALIAS_NOT_FOUND",
                    "MODEL_NOT_LOADED",
                    "INTERNAL" ->
                    error(FAILED_DEPENDENCY, message, ErrorType.BACKEND);
            case "OVERLOADED", "RATE_LIMITED" ->
                    error(problem.status(), message, ErrorType.OVERLOADED);
            default ->
                    error(
                            problem.status(),
                            message,
                            problem.status() < 500 ? ErrorType.VALIDATION : ErrorType.BACKEND);
        };
    }

    static ErrorDocument error(int status, String message, ErrorType type) {
        return new ErrorDocument(status, MediaType.APPLICATION_JSON, new TeiError(message, type));
    }
}
