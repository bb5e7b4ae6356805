package dev.ortune.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The packaged application as people start it, in a process of its own: the native executable, where the
 * build made one and says so ({@code ortune.executable}), else the jar.
 */
final class PackagedProgram {

    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");
    private static final long LONGEST_SECONDS = 120;

    private PackagedProgram() {}

    /** What a process wrote, and how it ended. */
    record Ended(int exitCode, String out, String err) {}

    /** How the program is called, up to its own arguments. */
    static List<String> command() {
        String executable = System.getProperty("ortune.executable");
        return executable != null
                ? List.of(executable)
                : List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        JAR.toAbsolutePath().toString());
    }

    /** Starts the program with its streams in the folder's {@code out.txt} and {@code err.txt}. */
    static Process start(Path folder, String... arguments) throws IOException {
        return start(folder, Path.of(""), arguments);
    }

    /** As {@link #start(Path, String...)}, in a folder whose {@code config} Quarkus reads. */
    static Process start(Path folder, Path workingFolder, String... arguments) throws IOException {
        return start(folder, workingFolder, Map.of(), arguments);
    }

    /** As {@link #start(Path, Path, String...)}, in an environment. */
    static Process start(
            Path folder, Path workingFolder, Map<String, String> environment, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(command());
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(workingFolder.toAbsolutePath().toFile())
                        .redirectOutput(folder.resolve("out.txt").toFile())
                        .redirectError(folder.resolve("err.txt").toFile());
        builder.environment().put("ORTUNE_HOME", folder.resolve("ortune").toString());
        builder.environment().put("HF_HUB_OFFLINE", "1");
        builder.environment().putAll(environment);
        return builder.start();
    }

    /** Runs the program to its end. */
    static Ended run(Path folder, String... arguments) throws IOException, InterruptedException {
        Process process = start(folder, arguments);
        try {
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("still running: " + error(folder));
            }
            return new Ended(
                    process.exitValue(),
                    Files.readString(folder.resolve("out.txt")),
                    error(folder));
        } finally {
            process.destroyForcibly();
        }
    }

    static String error(Path folder) throws IOException {
        return Files.readString(folder.resolve("err.txt"));
    }
}
