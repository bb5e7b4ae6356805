package dev.ortune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.golden.GoldenCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A training process that is killed again and again writes the very adapter of an undisturbed one. */
class KilledTrainingIT {

    private static final String WEIGHTS = "adapter_model.safetensors";
    private static final int KILLS = 6;

    /** From its first step on, of an undisturbed run's whole life. */
    private static final double LONGEST_LIFE = 0.2;

    private static final int SIGTERM_STATUS = 143;

    @TempDir private Path folder;

    @Test
    void killedAtRandomMomentsItEndsTheSame() throws Exception {
        long start = System.nanoTime();
        byte[] undisturbed = undisturbed();
        long wholeLifeNanos = System.nanoTime() - start;
        Path adapter = folder.resolve("killed").resolve(WEIGHTS);
        Random moments = new Random(1);
        int killed = 0;
        // Later lives begin further on, so that the last may come to the end before it is killed.
        for (int kill = 0; kill < KILLS && !Files.exists(adapter); kill++) {
            Process process = PackagedProgram.start(folder, train("killed"));
            while (process.isAlive() && !PackagedProgram.error(folder).contains("step ")) {
                Thread.sleep(10);
            }
            double share = moments.nextDouble() * LONGEST_LIFE;
            if (process.waitFor((long) (share * wholeLifeNanos), TimeUnit.NANOSECONDS)) {
                break;
            }
            process.destroyForcibly().waitFor();
            killed++;
        }
        assertThat(killed).isPositive();
        if (!Files.exists(adapter)) {
            finish("killed");
        }
        assertThat(adapter).hasBinaryContent(undisturbed);
    }

    @Test
    void toldToEndItSavesAndGoesOnThere() throws Exception {
        byte[] undisturbed = undisturbed();
        Process process = PackagedProgram.start(folder, train("ended"));
        while (process.isAlive() && !PackagedProgram.error(folder).contains("step ")) {
            Thread.sleep(20);
        }
        process.destroy();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(SIGTERM_STATUS);
        assertThat(folder.resolve("ended-checkpoints")).isNotEmptyDirectory();
        PackagedProgram.Ended ended = finish("ended");
        assertThat(ended.err()).contains("Going on after step ");
        assertThat(folder.resolve("ended").resolve(WEIGHTS)).hasBinaryContent(undisturbed);
        assertThat(folder.resolve("ended-checkpoints")).doesNotExist();
    }

    @Test
    void aSecondProcessIsRefusedWhileTheFirstTrains() throws Exception {
        Process first = PackagedProgram.start(folder, train("shared"));
        try {
            while (first.isAlive() && !PackagedProgram.error(folder).contains("step ")) {
                Thread.sleep(20);
            }
            Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
            PackagedProgram.Ended second = PackagedProgram.run(elsewhere, train("shared"));
            assertThat(second.exitCode()).as(second.err()).isEqualTo(2);
            assertThat(second.err())
                    .contains("error: Another run is using the checkpoint folder", "  try: ");
        } finally {
            first.destroyForcibly().waitFor();
        }
        assertThat(finish("shared").err()).contains("Going on after step ");
    }

    private byte[] undisturbed() throws Exception {
        finish("whole");
        return Files.readAllBytes(folder.resolve("whole").resolve(WEIGHTS));
    }

    private PackagedProgram.Ended finish(String name) throws Exception {
        PackagedProgram.Ended ended = PackagedProgram.run(folder, train(name));
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        return ended;
    }

    private String[] train(String out) throws IOException {
        Path data = folder.resolve("rows.csv");
        if (!Files.exists(data)) {
            StringBuilder rows = new StringBuilder("text,label\n");
            for (int row = 0; row < 400; row++) {
                rows.append("the movie was ")
                        .append(row % 2 == 0 ? "good" : "bad")
                        .append(row % 3 == 0 ? " you know" : "")
                        .append(row % 2 == 0 ? ",pos\n" : ",neg\n");
            }
            Files.writeString(data, rows);
        }
        return new ArrayList<>(
                        List.of(
                                "train",
                                "--base",
                                GoldenCase.base("distilbert-tiny").toAbsolutePath().toString(),
                                "--data",
                                data.toString(),
                                "--validation",
                                data.toString(),
                                "--max-length",
                                "24",
                                "--epochs",
                                "15",
                                "--threads",
                                "1",
                                "--checkpoint-dir",
                                folder.resolve(out + "-checkpoints").toString(),
                                "--checkpoint-steps",
                                "7",
                                "--out",
                                folder.resolve(out).toString()))
                .toArray(String[]::new);
    }
}
