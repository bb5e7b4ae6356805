package dev.ortune.bench.jobs;

import dev.ortune.error.InternalException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;

/** Commands of the system. */
final class Command {

    private Command() {}

    /** Runs one and waits; its exit status. */
    static int run(String... command) {
        try {
            return new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new InternalException(command[0] + " cannot be run.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InternalException("The benchmark was interrupted.", e);
        }
    }
}
