package dev.ortune.api.rest.oip;

import dev.ortune.api.rest.ErrorDocument;
import dev.ortune.api.rest.ErrorFormat;
import dev.ortune.api.rest.Problem;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;

/** Errors of everything under {@code /v2}: {@code {"error": "..."}}, with a problem's status. */
@Singleton
public final class InferenceErrorFormat implements ErrorFormat {

    private static final String ROOT = "/v2";

    @Override
    public boolean covers(String path) {
        return path.equals(ROOT) || path.startsWith(ROOT + "/");
    }

    @Override
    public ErrorDocument document(Problem problem) {
        return new ErrorDocument(
                problem.status(),
                MediaType.APPLICATION_JSON,
                new InferenceError(problem.detail() + " " + problem.remedy()));
    }
}
