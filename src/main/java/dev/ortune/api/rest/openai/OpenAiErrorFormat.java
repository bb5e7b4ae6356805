package dev.ortune.api.rest.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.ortune.api.rest.ErrorDocument;
import dev.ortune.api.rest.ErrorFormat;
import dev.ortune.api.rest.Problem;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Errors of these addresses: an {@code error} with message, type, param and code. */
@Singleton
public final class OpenAiErrorFormat implements ErrorFormat {

    private static final List<String> PATHS =
            List.of("/v1/files", "/v1/fine_tuning", "/v1/webhook_endpoints");

    @Override
    public boolean covers(String path) {
        return PATHS.stream().anyMatch(own -> path.equals(own) || path.startsWith(own + "/"));
    }

    @Override
    public ErrorDocument document(Problem problem) {
        return new ErrorDocument(
                problem.status(),
                MediaType.APPLICATION_JSON,
                new ApiError(
                        new ApiError.Content(
                                problem.detail() + " " + problem.remedy(),
                                type(problem.status()),
                                problem.field(),
                                problem.code())));
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 404 -> "not_found_error";
            case 409 -> "conflict_error";
            case 429 -> "rate_limit_error";
            default -> status < 500 ? "invalid_request_error" : "server_error";
        };
    }

    /**
     * The document.
     *
     * @param error what is wrong
     */
    @Schema(name = "ApiError")
    record ApiError(Content error) {

        /**
         * What is wrong.
         *
         * @param message for people, with what to do about it
         * @param type the kind of error
         * @param param the field at fault, if one is
         * @param code stable, for programs
         */
        @Schema(name = "ApiErrorContent")
        @JsonInclude(JsonInclude.Include.ALWAYS)
        record Content(
                String message,
                String type,
                @Schema(implementation = String.class, nullable = true) Optional<String> param,
                String code) {}
    }
}
