package dev.ortune.cli;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.util.Optional;
import picocli.CommandLine.Option;

/** How many threads compute. */
final class ThreadsMixin {

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads that compute (one per processor).")
    private Optional<Integer> threads = Optional.empty();

    int threads() {
        int count = threads.orElse(Runtime.getRuntime().availableProcessors());
        if (count < 1) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "--threads must be at least 1, not " + count + ".",
                    "Leave it out to use every processor.");
        }
        return count;
    }
}
