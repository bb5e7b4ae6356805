package dev.ortune.api.rest;

import dev.ortune.api.inference.Client;
import dev.ortune.api.inference.FieldFault;
import dev.ortune.api.inference.TimingFields;
import dev.ortune.serve.Timings;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestResponse;

/**
 * What every inference over HTTP has, whatever its protocol: a client that may go, a deadline by
 * header, and response headers with what it cost.
 *
 * <p>For the request's own worker thread.
 */
@Singleton
public final class HttpInference {

    /** Request header: how long the client waits, in whole milliseconds. */
    public static final String TIMEOUT = "ortune-timeout-ms";

    private final CurrentVertxRequest current;

    public HttpInference(CurrentVertxRequest current) {
        this.current = current;
    }

    /** Who waits for the answer. */
    public Client client() {
        return ClientWatch.of(request());
    }

    /**
     * How long the client waits.
     *
     * @throws dev.ortune.error.InvalidInputException {@code INVALID_REQUEST} for a header that is no
     *     whole number above 0
     */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(request().request().getHeader(TIMEOUT))
                .map(HttpInference::duration);
    }

    /** A request header's value. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(request().request().getHeader(name));
    }

    /** The answer with its cost in the headers. */
    public static <T> RestResponse<T> answer(T body, Timings timings) {
        RestResponse.ResponseBuilder<T> builder = RestResponse.ResponseBuilder.ok(body);
        TimingFields.of(timings).forEach(builder::header);
        return builder.build();
    }

    private static Duration duration(String value) {
        try {
            long milliseconds = Long.parseLong(value.strip());
            if (milliseconds > 0) {
                return Duration.ofMillis(milliseconds);
            }
        } catch (NumberFormatException e) {
            // Told like a number that is not above 0.
        }
        throw FieldFault.of(TIMEOUT, "The header must be a whole number of milliseconds above 0");
    }

    private RoutingContext request() {
        return current.getCurrent();
    }
}
