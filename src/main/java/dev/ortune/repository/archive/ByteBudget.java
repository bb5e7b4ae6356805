package dev.ortune.repository.archive;

import dev.ortune.error.InvalidInputException;
import java.util.function.Supplier;

/** Bytes that may still come out of an archive. For one thread. */
final class ByteBudget {

    private final Supplier<InvalidInputException> exceeded;
    private long left;

    /** A budget that never ends. */
    static ByteBudget unlimited() {
        return new ByteBudget(
                Long.MAX_VALUE, () -> ArchiveFault.tooLarge("is larger than any disk"));
    }

    ByteBudget(long bytes, Supplier<InvalidInputException> exceeded) {
        this.left = bytes;
        this.exceeded = exceeded;
    }

    void take(long bytes) {
        left -= bytes;
        if (left < 0) {
            throw exceeded.get();
        }
    }
}
