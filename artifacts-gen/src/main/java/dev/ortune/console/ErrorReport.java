package dev.ortune.console;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.OrtuneException;
import dev.ortune.error.UnavailableException;

/**
 * An error as a command tells it, with its exit code: 2 for what the user must change, 1 for all
 * else.
 *
 * @param code its stable name
 * @param message what is wrong, and where
 * @param remedy what to try next
 */
record ErrorReport(ErrorCode code, String message, String remedy) {

    static final int BAD_INPUT = 2;
    static final int OUR_FAULT = 1;

    static ErrorReport of(Throwable error) {
        if (error instanceof OrtuneException known) {
            return new ErrorReport(known.code(), known.getMessage(), known.remedy());
        }
        if (error instanceof OutOfMemoryError) {
            return of(
                    new UnavailableException(
                            ErrorCode.OUT_OF_MEMORY,
                            "The Java heap is full: " + error.getMessage() + ".",
                            "Give Java more memory, for example with JAVA_TOOL_OPTIONS=-Xmx2g.",
                            error));
        }
        return new ErrorReport(
                ErrorCode.INTERNAL,
                "internal error: " + error,
                "Run again with --verbose or ORTUNE_DEBUG=1 for the stack trace, and report it.");
    }

    int exitCode() {
        return switch (code.kind()) {
            case INVALID_INPUT,
                    NOT_FOUND,
                    CONFLICT,
                    TOO_LARGE,
                    UNAUTHENTICATED,
                    FORBIDDEN,
                    OVER_QUOTA ->
                    BAD_INPUT;
            case OVERLOADED, TIMED_OUT, CANCELLED, UNAVAILABLE, INTERNAL -> OUR_FAULT;
        };
    }

    void print(Console console) {
        if (console.json()) {
            console.out().println(json());
        } else {
            console.err().println("error: " + message);
            console.err().println("  try: " + remedy);
        }
    }

    private ObjectNode json() {
        ObjectNode root = JsonMapper.builder().build().createObjectNode();
        root.putObject("error")
                .put("code", code.name())
                .put("message", message)
                .put("remedy", remedy);
        return root;
    }
}
