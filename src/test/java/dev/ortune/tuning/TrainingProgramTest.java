package dev.ortune.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A training is this very program, with what of its Java is good for it too. */
class TrainingProgramTest {

    private static final String LOGGING =
            "-Djava.util.logging.manager=org.jboss.logmanager.LogManager";

    @Test
    void itHasTheArchiveOfClassesAndTheLogOfTheServiceAndNotItsMemory() {
        assertThat(
                        TrainingProgram.inherited(
                                List.of(
                                        "-XX:MaxHeapFreeRatio=40",
                                        "-Xmx4g",
                                        "-XX:AOTCache=/opt/ortune/ortune.aot",
                                        "--sun-misc-unsafe-memory-access=allow",
                                        LOGGING,
                                        "-Dother=true")))
                .containsExactly(
                        "-XX:AOTCache=/opt/ortune/ortune.aot",
                        "--sun-misc-unsafe-memory-access=allow",
                        LOGGING);
    }

    @Test
    void itsMemoryIsItsOwn() {
        assertThat(TrainingProgram.self(Path.of("home"), 0, "512m").command())
                .filteredOn(word -> word.startsWith("-Xmx"))
                .containsExactly("-Xmx512m");
        assertThat(TrainingProgram.self(Path.of("home"), 0, "512m").command())
                .contains("-XX:+UseSerialGC", "-XX:Tier4BackEdgeThreshold=1000000")
                .endsWith("dev.ortune.cli.OrtuneMain");
    }
}
