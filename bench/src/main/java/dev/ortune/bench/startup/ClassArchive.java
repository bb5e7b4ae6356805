package dev.ortune.bench.startup;

import dev.ortune.bench.serve.load.ServerCommand;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InternalException;
import dev.ortune.error.UnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An archive of the classes that the service has loaded once it is ready, as {@code ./ortune} makes it. */
final class ClassArchive {

    private static final int FIRST_JAVA = 25;

    private ClassArchive() {}

    /** Whether this Java can make one. */
    static boolean isPossible() {
        return Runtime.version().feature() >= FIRST_JAVA;
    }

    /** Makes it. */
    static String recordingOption(Path archive) {
        return "-XX:AOTCacheOutput=" + archive;
    }

    /** Uses it. */
    static String option(Path archive) {
        return "-XX:AOTCache=" + archive;
    }

    /**
     * Has the service start and end.
     *
     * @param command with {@link #recordingOption}
     * @param log where its output goes
     */
    static void record(ServerCommand command, Path archive, Path log) {
        List<String> arguments = new ArrayList<>(command.arguments());
        arguments.add("--until-ready");
        ProcessBuilder builder =
                new ProcessBuilder(arguments)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile());
        builder.environment().putAll(command.environment());
        try {
            int exitCode = builder.start().waitFor();
            if (exitCode != 0 || !Files.exists(archive)) {
                throw new UnavailableException(
                        ErrorCode.RUNTIME_UNAVAILABLE,
                        "Java made no archive of classes; its output is in " + log + ".",
                        command.startRemedy());
            }
        } catch (IOException e) {
            throw new InternalException("Java could not be started.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InternalException("The benchmark was interrupted.", e);
        }
    }
}
