package dev.ortune.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoneClientFilterTest {

    private static final String REPORTER = "io.quarkus.vertx.http.runtime.QuarkusErrorHandler";

    private final GoneClientFilter filter = new GoneClientFilter();

    @Test
    void anAnswerThatNobodyWaitsForIsNotLogged() {
        assertThat(filter.isLoggable(entry(REPORTER, "Response has already been written")))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        REPORTER + ",Something else",
        "dev.ortune.api.rest.ProblemMappers,Response has already been written"
    })
    void everythingElseIs(String logger, String message) {
        assertThat(filter.isLoggable(entry(logger, message))).isTrue();
    }

    @Test
    void anEntryWithoutExceptionIs() {
        LogRecord entry = new LogRecord(Level.SEVERE, "a line");
        entry.setLoggerName(REPORTER);
        assertThat(filter.isLoggable(entry)).isTrue();
    }

    private static LogRecord entry(String logger, String message) {
        LogRecord entry = new LogRecord(Level.SEVERE, "HTTP Request failed");
        entry.setLoggerName(logger);
        entry.setThrown(new IllegalStateException(message));
        return entry;
    }
}
