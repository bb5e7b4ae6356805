package dev.ortune.cli;

import static dev.ortune.golden.Closeness.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.checkpoint.SafetensorsFile;
import dev.ortune.checkpoint.TensorSource;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run from the command line against the same run in PEFT; tools/oracle/README.md has its command. */
class PeftParityTest {

    private static final Path GOLDEN = Path.of("test/resources/golden");
    private static final double TOLERANCE = 1e-4;

    @Test
    void aContinuedAdapterEqualsPeftsWeightByWeight(@TempDir Path folder) {
        Path out = folder.resolve("continued");
        CommandLineRun run =
                CommandLineRun.of(
                        folder,
                        "train",
                        "--base",
                        GOLDEN.resolve("bases/distilbert-tiny").toString(),
                        "--from-adapter",
                        GOLDEN.resolve("adapters/peft-distilbert").toString(),
                        "--data",
                        GOLDEN.resolve("cli/three-labels.csv").toString(),
                        "--out",
                        out.toString(),
                        "--no-shuffle",
                        "--no-dropout",
                        "--epochs",
                        "2",
                        "--batch-size",
                        "3",
                        "--learning-rate",
                        "5e-3",
                        "--warmup-ratio",
                        "0.2",
                        "--max-length",
                        "20",
                        "--truncation-side",
                        "left");
        assertThat(run.exitCode()).as(run.err()).isZero();
        try (TensorSource ours = SafetensorsFile.open(out.resolve("adapter_model.safetensors"));
                TensorSource pefts =
                        SafetensorsFile.open(
                                GOLDEN.resolve("cli/adapter/adapter_model.safetensors"))) {
            assertThat(new TreeSet<>(ours.names())).isEqualTo(new TreeSet<>(pefts.names()));
            for (String name : pefts.names()) {
                assertThat(ours.read(name).shape()).isEqualTo(pefts.read(name).shape());
                assertClose(name, ours.read(name).values(), pefts.read(name).values(), TOLERANCE);
            }
        }
    }
}
