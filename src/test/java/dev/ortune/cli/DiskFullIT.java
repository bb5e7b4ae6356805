package dev.ortune.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ortune.golden.GoldenCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Writing to a disk that is full: a tiny file system of memory, mounted for the program alone. Skipped
 * where users may not do that.
 */
@EnabledOnOs(OS.LINUX)
class DiskFullIT {

    private static final long LONGEST_SECONDS = 120;

    @TempDir private Path folder;
    private Path disk;

    @BeforeEach
    void findOutWhetherADiskCanBeMounted() throws Exception {
        disk = Files.createDirectories(folder.resolve("disk"));
        assumeTrue(onSmallDisk("8k", "true").exitCode() == 0, "no mounts here");
    }

    @Test
    void anAdapterThatDoesNotFitLeavesNothingBehind() throws Exception {
        PackagedProgram.Ended run = train("8k", disk.resolve("model"), folder.resolve("home"));
        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(run.err()).contains("error: The disk is full: " + disk, "  try: ");
        assertThat(run.out()).as("left on the disk").isEqualTo("left:\n" + disk + "\n");
    }

    @Test
    void aPreparedBaseThatDoesNotFitLeavesNothingBehind() throws Exception {
        PackagedProgram.Ended run = train("32k", folder.resolve("model"), disk);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(run.err()).contains("error: The disk is full: " + disk, "  try: ");
        assertThat(run.out()).isEqualTo("left:\n" + disk + "\n" + disk + "/prepared\n");
        assertThat(folder.resolve("model")).doesNotExist();
    }

    private PackagedProgram.Ended train(String diskSize, Path out, Path home) throws Exception {
        return onSmallDisk(
                diskSize,
                "ORTUNE_HOME=%s %s train --base %s --data %s --out %s --epochs 1; code=$?; echo left:; find %s; exit $code"
                        .formatted(
                                home,
                                String.join(" ", PackagedProgram.command()),
                                GoldenCase.base("distilbert-tiny"),
                                Path.of("test/resources/golden/cli/three-labels.csv"),
                                out,
                                disk));
    }

    private PackagedProgram.Ended onSmallDisk(String size, String script)
            throws IOException, InterruptedException {
        Path out = folder.resolve("out.txt");
        Path err = folder.resolve("err.txt");
        String mount = "mount -t tmpfs -o size=" + size + " tmpfs " + disk + " || exit 99; ";
        Process process;
        try {
            process =
                    new ProcessBuilder(
                                    List.of(
                                            "unshare",
                                            "--user",
                                            "--map-root-user",
                                            "--mount",
                                            "sh",
                                            "-c",
                                            mount + script))
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile())
                            .start();
        } catch (IOException e) {
            return new PackagedProgram.Ended(99, "", e.toString());
        }
        try {
            assertThat(process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)).isTrue();
            return new PackagedProgram.Ended(
                    process.exitValue(), Files.readString(out), Files.readString(err));
        } finally {
            process.destroyForcibly();
        }
    }
}
