package dev.ortune.observability;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * {@code prometheus} and {@code promtool}, as Debian's package {@code prometheus} has them.
 *
 * @param folder where both are
 */
record PrometheusPrograms(Path folder) {

    static final String VARIABLE = "ORTUNE_PROMETHEUS";

    private static final long LONGEST_SECONDS = 60;

    /** Looks for them in the folder that {@value #VARIABLE} names and on the path. */
    static Optional<PrometheusPrograms> find() {
        return Stream.concat(
                        Optional.ofNullable(System.getenv(VARIABLE)).stream(),
                        Stream.of(System.getenv("PATH").split(File.pathSeparator)))
                .map(Path::of)
                .filter(folder -> Files.isExecutable(folder.resolve("prometheus")))
                .filter(folder -> Files.isExecutable(folder.resolve("promtool")))
                .map(PrometheusPrograms::new)
                .findFirst();
    }

    String prometheus() {
        return folder.resolve("prometheus").toString();
    }

    /** Runs promtool, which has to be content. */
    void promtool(Path workingFolder, Path output, String... arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(folder.resolve("promtool").toString()));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .directory(workingFolder.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).as("it ended").isTrue();
            assertThat(process.exitValue()).as(command + Files.readString(output)).isZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
