package dev.ortune.cli;

import dev.ortune.train.CheckpointFolder;
import dev.ortune.train.CheckpointPolicy;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether and how a run is saved on its way. */
final class CheckpointMixin {

    private static final int KEPT = 2;

    @Option(
            names = "--checkpoint-dir",
            paramLabel = "DIR",
            description = {
                "Save the run here on its way; the same command goes on from there after a crash,",
                "with the same numbers. Emptied when the run has ended. One run at a time."
            })
    private Optional<Path> folder = Optional.empty();

    @Option(
            names = "--checkpoint-steps",
            paramLabel = "N",
            defaultValue = "100",
            description =
                    "Steps between checkpoints, beside the ends of epochs (${DEFAULT-VALUE}).")
    private int everySteps;

    /**
     * When to save.
     *
     * @throws dev.ortune.error.InvalidInputException {@code INVALID_OPTION}
     */
    CheckpointPolicy policy() {
        return new CheckpointPolicy(everySteps, KEPT);
    }

    /**
     * Where to save, if the user wants it; the caller closes it.
     *
     * @throws dev.ortune.error.InvalidInputException {@code CHECKPOINT_IN_USE}, {@code
     *     OUTPUT_NOT_WRITABLE}
     */
    Optional<CheckpointFolder> folder(String fingerprint) {
        return folder.map(path -> CheckpointFolder.open(path, fingerprint, policy()));
    }
}
