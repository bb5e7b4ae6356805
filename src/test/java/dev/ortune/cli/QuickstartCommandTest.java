package dev.ortune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.golden.GoldenCase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The quickstart on a tiny base, up to the call that would serve. */
class QuickstartCommandTest {

    private static final String BASE = GoldenCase.base("bert-tiny-no-pooler").toString();

    @TempDir private Path folder;

    @Test
    void theResultIsServedInPlaceOfAnOlderOneAndTheLineToTryIsShown() throws IOException {
        Path out = Files.createDirectories(folder.resolve("reviews"));
        Files.writeString(out.resolve("adapter_config.json"), "an older one");
        CommandLineRun run = quickstart("0", out);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out())
                .contains("before", "after", "It was good.", "This one is a pass.")
                .containsPattern("(negative|positive) [01]\\.\\d\\d");
        assertThat(Files.readString(out.resolve("adapter_config.json"))).contains("\"r\"");
        assertThat(run.served()).hasSize(1);
        Map<String, String> settings = run.served().get(0).settings();
        assertThat(settings)
                .containsEntry("ortune.models.\"reviews\"", out.toString())
                .containsEntry("quarkus.http.port", "0")
                .containsEntry("ortune.base", BASE);
        assertThat(String.join("\n", run.served().get(0).announcement()))
                .contains("curl -s http://127.0.0.1:0/v1/models/reviews/classify");
    }

    @Test
    void aTakenPortIsToldBeforeAnythingIsTrained() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CommandLineRun run =
                    quickstart(Integer.toString(taken.getLocalPort()), folder.resolve("out"));
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err())
                    .contains("cannot listen", "  try: Choose another --port")
                    .doesNotContain("1/4");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536", "http"})
    void whatIsNoPortIsRefused(String port) {
        CommandLineRun run = quickstart(port, folder.resolve("out"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--port", "  try: ");
    }

    @Test
    void aFolderOfOtherThingsIsLeftAlone() throws IOException {
        Path out = Files.createDirectories(folder.resolve("photos"));
        Path photo = Files.writeString(out.resolve("photo.txt"), "kept");
        CommandLineRun run = quickstart("0", out);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(out.toString(), "exists").doesNotContain("1/4");
        assertThat(photo).hasContent("kept");
    }

    private CommandLineRun quickstart(String port, Path out) {
        return CommandLineRun.of(
                folder, "quickstart", "--base", BASE, "--port", port, "--out", out.toString());
    }
}
