package dev.ortune.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A Python that has {@code grpc_tools}: the one that ORTUNE_TEST_PYTHON names, one on the path, or one
 * in a virtual environment under {@code target}, made once with pip.
 */
final class PythonWithGrpc {

    private static final String VARIABLE = "ORTUNE_TEST_PYTHON";
    private static final Path ENVIRONMENT = Path.of("target/foreign-clients-python");
    private static final long LONGEST_SECONDS = 120;

    private PythonWithGrpc() {}

    /**
     * What was found.
     *
     * @param reason why nothing was
     */
    record Search(Optional<String> interpreter, String reason) {}

    static Search find() throws IOException, InterruptedException {
        String named = System.getenv(VARIABLE);
        if (named != null && !named.isBlank()) {
            return hasGrpc(named)
                    ? new Search(Optional.of(named), "")
                    : new Search(Optional.empty(), VARIABLE + " names no Python with grpc_tools");
        }
        if (hasGrpc("python3")) {
            return new Search(Optional.of("python3"), "");
        }
        String own = ENVIRONMENT.resolve("bin/python").toString();
        if (hasGrpc(own) || (make() && hasGrpc(own))) {
            return new Search(Optional.of(own), "");
        }
        return new Search(
                Optional.empty(),
                "no Python with grpc_tools: "
                        + VARIABLE
                        + " is not set, python3 has none, and pip could not install them");
    }

    private static boolean make() throws IOException, InterruptedException {
        Files.createDirectories(ENVIRONMENT.getParent());
        return succeeds("python3", "-m", "venv", ENVIRONMENT.toString())
                && succeeds(
                        ENVIRONMENT.resolve("bin/python").toString(),
                        "-m",
                        "pip",
                        "install",
                        "--quiet",
                        "--retries",
                        "0",
                        "--timeout",
                        "15",
                        "grpcio",
                        "grpcio-tools");
    }

    private static boolean hasGrpc(String interpreter) throws InterruptedException {
        return succeeds(interpreter, "-c", "import grpc, grpc_tools.protoc");
    }

    private static boolean succeeds(String... command) throws InterruptedException {
        Process process;
        try {
            process =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
        } catch (IOException e) {
            // There is no such program.
            return false;
        }
        try {
            return process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } finally {
            process.destroyForcibly();
        }
    }
}
