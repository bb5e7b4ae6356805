package dev.ortune.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.UnavailableException;
import dev.ortune.ort.OrtRuntime;
import dev.ortune.tokenizer.TextTokenizer;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What ONNX Runtime writes where there is no room. */
@EnabledOnOs(OS.LINUX)
class FullDiskTest {

    @TempDir private Path folder;

    @Test
    void aSessionThatCannotBeSavedSaysThatTheDiskIsFull() {
        TinyTask task = TinyTask.on("distilbert-tiny", folder);
        try (OrtRuntime runtime = OrtRuntime.open(1);
                TextTokenizer tokenizer = TextTokenizer.of(task.prepared().tokenizerFile())) {
            FineTuning run = task.plan(runtime, TinyTask.twoLabels(12), Recipes.standard(), 0.1);
            RunControl saving =
                    point -> {
                        point.model().save(Path.of("/dev/full"));
                        return true;
                    };
            assertThatThrownBy(
                            () ->
                                    run.run(
                                            tokenizer,
                                            TrainingListener.NONE,
                                            Optional.empty(),
                                            saving))
                    .isInstanceOfSatisfying(
                            UnavailableException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.DISK_FULL));
        }
    }
}
