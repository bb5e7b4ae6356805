package dev.ortune.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A Python that has some packages: the one that ORTUNE_TEST_PYTHON names, one on the path, or one in a
 * virtual environment under {@code target}, made once with pip.
 */
enum PythonPackages {
    GRPC("foreign-clients-python", "import grpc, grpc_tools.protoc", "grpcio", "grpcio-tools"),
    OPENAI_2(
            "openai-2-python",
            "import openai; assert openai.__version__.startswith('2.')",
            "openai>=2,<3"),
    OPENAI_3(
            "openai-3-python",
            "import openai; assert openai.__version__.startswith('3.')",
            "openai>=3,<4");

    private static final String VARIABLE = "ORTUNE_TEST_PYTHON";
    private static final long LONGEST_SECONDS = 120;

    private final Path environment;
    private final String check;
    private final List<String> packages;

    PythonPackages(String environment, String check, String... packages) {
        this.environment = Path.of("target", environment);
        this.check = check;
        this.packages = List.of(packages);
    }

    /**
     * What was found.
     *
     * @param reason why nothing was
     */
    record Search(Optional<String> interpreter, String reason) {}

    Search find() throws IOException, InterruptedException {
        String named = System.getenv(VARIABLE);
        if (named != null && !named.isBlank() && has(named)) {
            return new Search(Optional.of(named), "");
        }
        if (has("python3")) {
            return new Search(Optional.of("python3"), "");
        }
        String own = environment.resolve("bin/python").toString();
        if (has(own) || (make() && has(own))) {
            return new Search(Optional.of(own), "");
        }
        return new Search(
                Optional.empty(),
                "no Python with "
                        + packages
                        + ": "
                        + VARIABLE
                        + " names none, python3 has none, and pip could not install them");
    }

    private boolean make() throws IOException, InterruptedException {
        Files.createDirectories(environment.getParent());
        List<String> install =
                new ArrayList<>(
                        List.of(
                                environment.resolve("bin/python").toString(),
                                "-m",
                                "pip",
                                "install",
                                "--quiet",
                                "--retries",
                                "0",
                                "--timeout",
                                "15"));
        install.addAll(packages);
        return succeeds("python3", "-m", "venv", environment.toString())
                && succeeds(install.toArray(String[]::new));
    }

    private boolean has(String interpreter) throws InterruptedException {
        return succeeds(interpreter, "-c", check);
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
