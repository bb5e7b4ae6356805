package dev.ortune.bench.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.error.UnavailableException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "its workers are shell lines")
class WorkerProcessTest {

    private static final Request.Start START =
            new Request.Start("base", "adapter", 1, false, "cpu");

    @Test
    void aWorkersReplyIsRead() {
        String line = "{\"reply\":\"started\",\"trainable_parameters\":5,\"versions\":{}}";
        try (WorkerProcess worker = shell("read request; echo '" + line + "'; read end")) {
            assertThat(worker.start(START)).isEqualTo(new Reply.Started(5, Map.of()));
        }
    }

    @Test
    void aWorkersOwnFailureIsToldWithItsRemedy() {
        String line = "{\"reply\":\"failed\",\"message\":\"no torch\",\"remedy\":\"get it\"}";
        try (WorkerProcess worker = shell("read request; echo '" + line + "'")) {
            assertThatThrownBy(() -> worker.start(START))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("no torch")
                    .extracting(error -> ((UnavailableException) error).remedy())
                    .isEqualTo("get it");
        }
    }

    @Test
    void aWorkerThatDiesIsToldWithItsExitCode() {
        try (WorkerProcess worker = shell("read request; exit 7")) {
            assertThatThrownBy(() -> worker.start(START))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("exit code 7");
        }
    }

    @Test
    void aProgramThatIsNotThereIsNamed() {
        WorkerCommand missing =
                WorkerCommand.pytorch("/nowhere/python", Path.of("worker.py"), Path.of("base"));
        assertThatThrownBy(() -> WorkerProcess.launch(missing))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("/nowhere/python");
    }

    private static WorkerProcess shell(String script) {
        return WorkerProcess.launch(
                new WorkerCommand("Test", Path.of("base"), List.of("sh", "-c", script), "none"));
    }
}
