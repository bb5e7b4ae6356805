package dev.ortune.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.ErrorKind;
import dev.ortune.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process at a time has a folder of checkpoints. */
class CheckpointLockTest {

    private static final CheckpointPolicy POLICY = new CheckpointPolicy(1, 1);

    @TempDir private Path parent;
    private Path folder;

    @BeforeEach
    void name() {
        folder = parent.resolve("checkpoints");
    }

    @Test
    void aFolderThatAnotherProcessHasIsRefusedUntilThatIsKilled() throws Exception {
        Process owner = LockingProcess.holding(folder);
        try {
            assertInUse();
        } finally {
            owner.destroyForcibly().waitFor();
        }
        assertThat(folder.resolve("lock")).exists();
        open().close();
    }

    @Test
    void aSecondRunInThisProcessIsRefusedToo() {
        try (CheckpointFolder first = open()) {
            assertThat(first.latest()).isEmpty();
            assertInUse();
        }
        open().close();
    }

    @Test
    void closingGivesTheFolderUpAndLeavesNoLockFile() {
        CheckpointFolder first = open();
        first.close();
        first.close();
        assertThat(folder).isEmptyDirectory();
        open().close();
    }

    @Test
    void clearingGivesTheFolderUpAndRemovesIt() {
        CheckpointFolder first = open();
        first.clear();
        assertThat(folder).doesNotExist();
        try (CheckpointFolder second = open()) {
            first.close();
            assertThat(second.latest()).isEmpty();
            assertThat(folder.resolve("lock")).exists();
        }
    }

    @Test
    void noTwoProcessesHaveItAtOnceWhileItsFileComesAndGoes() throws Exception {
        List<Process> processes = new ArrayList<>();
        try {
            for (int process = 0; process < 3; process++) {
                processes.add(LockingProcess.cycling(folder, 400));
            }
            for (Process process : processes) {
                assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
                assertThat(process.exitValue()).isZero();
            }
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }

    @Test
    void aFolderThatCannotBeMadeIsRefused() throws IOException {
        Files.writeString(folder, "a file");
        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.OUTPUT_NOT_WRITABLE));
    }

    private CheckpointFolder open() {
        return CheckpointFolder.open(folder, "fingerprint", POLICY);
    }

    private void assertInUse() {
        assertThatThrownBy(this::open)
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.CHECKPOINT_IN_USE);
                            assertThat(e.code().kind()).isEqualTo(ErrorKind.CONFLICT);
                            assertThat(e.remedy()).contains("another checkpoint folder");
                        })
                .hasMessageContaining(folder.toString());
    }
}
