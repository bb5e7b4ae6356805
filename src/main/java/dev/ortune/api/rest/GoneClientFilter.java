package dev.ortune.api.rest;

import io.quarkus.logging.LoggingFilter;
import java.util.Optional;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Keeps out of the log that an answer could not be written because its client had gone: Quarkus
 * reports it as an error with a stack trace, and any client could fill the log with them.
 */
@LoggingFilter(name = GoneClientFilter.NAME)
public final class GoneClientFilter implements Filter {

    static final String NAME = "gone-client";

    private static final String REPORTER = "io.quarkus.vertx.http.runtime.QuarkusErrorHandler";
    private static final String GONE = "Response has already been written";

    @Override
    public boolean isLoggable(LogRecord entry) {
        return !(REPORTER.equals(entry.getLoggerName())
                && Optional.ofNullable(entry.getThrown())
                        .filter(IllegalStateException.class::isInstance)
                        .map(Throwable::getMessage)
                        .filter(GONE::equals)
                        .isPresent());
    }
}
