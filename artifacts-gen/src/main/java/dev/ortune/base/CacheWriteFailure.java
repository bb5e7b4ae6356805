package dev.ortune.base;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.error.OrtuneException;
import dev.ortune.error.UnavailableException;
import dev.ortune.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Path;

/** The error for a cache that cannot be written; tells the variable that moves the cache. */
final class CacheWriteFailure {

    private final String variable;

    CacheWriteFailure(String variable) {
        this.variable = variable;
    }

    OrtuneException of(Path path, IOException cause) {
        RuntimeException failure = AtomicFiles.writeFailure(path, cause);
        if (failure instanceof UnavailableException full) {
            return full;
        }
        return new InvalidInputException(
                ErrorCode.OUTPUT_NOT_WRITABLE,
                failure.getMessage(),
                "Set " + variable + " to a folder that you may write to.",
                cause);
    }
}
