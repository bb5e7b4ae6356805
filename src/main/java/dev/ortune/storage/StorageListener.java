package dev.ortune.storage;

import dev.ortune.error.ErrorCode;
import java.time.Duration;
import java.util.Optional;

/** Hears of every call of an {@link ObservedObjects}, from the thread that makes it. */
@FunctionalInterface
public interface StorageListener {

    /**
     * A call has ended.
     *
     * @param operation the method's name
     * @param took until its result; of {@code open}, until its first byte can be read
     * @param fault why it failed, if it did
     */
    void called(String operation, Duration took, Optional<ErrorCode> fault);
}
