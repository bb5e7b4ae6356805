package dev.ortune.api.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ortune.error.InternalException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.util.Map;

/** Answers requests that are refused before any resource sees them, as their address has errors. */
@Singleton
public final class EarlyErrors {

    private final ErrorFormats formats;
    private final ObjectMapper mapper;

    public EarlyErrors(ErrorFormats formats, ObjectMapper mapper) {
        this.formats = formats;
        this.mapper = mapper;
    }

    /** Ends a request, on its event loop. */
    void end(RoutingContext context, Problem problem, Map<String, String> headers) {
        ErrorDocument document = formats.document(context.normalizedPath(), problem);
        HttpServerResponse response =
                context.response()
                        .setStatusCode(document.status())
                        .putHeader(HttpHeaders.CONTENT_TYPE, document.mediaType());
        headers.forEach(response::putHeader);
        response.end(json(document.body()));
    }

    private String json(Object body) {
        try {
            return mapper.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new InternalException("An error document could not be written.", e);
        }
    }
}
