package dev.ortune.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InternalException;
import dev.ortune.error.InvalidInputException;
import dev.ortune.error.UnavailableException;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

class CommandRunnerTest {

    private static final String REMEDY = "Do something else.";

    @Test
    void aCommandThatSucceedsWritesItsResultToOut() {
        Transcript transcript = Transcript.of(console -> new Sample(console, () -> {}));

        assertThat(transcript).isEqualTo(new Transcript(0, "done" + System.lineSeparator(), ""));
    }

    @Test
    void badInputEndsWithTwoAndSaysWhatToTry() {
        Transcript transcript =
                failing(
                        new InvalidInputException(
                                ErrorCode.DATASET_EMPTY, "a.csv has no rows.", REMEDY));

        assertThat(transcript.exitCode()).isEqualTo(2);
        assertThat(transcript.err().lines())
                .containsExactly("error: a.csv has no rows.", "  try: " + REMEDY);
        assertThat(transcript.out()).isEmpty();
    }

    @Test
    void aMissingModelEndsWithTwoToo() {
        assertThat(
                        failing(
                                        new InvalidInputException(
                                                ErrorCode.MODEL_NOT_FOUND, "No model.", REMEDY))
                                .exitCode())
                .isEqualTo(2);
    }

    @Test
    void aFullDiskAndAFaultOfTheProgramEndWithOne() {
        assertThat(
                        failing(
                                        new UnavailableException(
                                                ErrorCode.DISK_FULL, "The disk is full.", REMEDY))
                                .exitCode())
                .isEqualTo(1);
        assertThat(failing(new InternalException("Impossible.")).exitCode()).isEqualTo(1);
    }

    @Test
    void anUnexpectedExceptionIsAnInternalErrorWhoseStackIsShownOnRequestOnly() {
        RuntimeException bug = new IllegalStateException("broken");

        Transcript quiet = failing(bug);
        assertThat(quiet.exitCode()).isEqualTo(1);
        assertThat(quiet.err())
                .contains("error: internal error", "broken", "--verbose", "ORTUNE_DEBUG=1")
                .doesNotContain("\tat ");
        assertThat(failing(bug, "--verbose").err()).contains("\tat ");
    }

    @Test
    void aFullHeapIsNoInternalError() {
        Transcript transcript =
                Transcript.of(
                        console ->
                                new Sample(
                                        console,
                                        () -> {
                                            throw new OutOfMemoryError("Java heap space");
                                        }));

        assertThat(transcript.exitCode()).isEqualTo(1);
        assertThat(transcript.err()).contains("The Java heap is full").contains("-Xmx");
    }

    @Test
    void aMistypedOptionEndsWithTwoAndNamesTheNearestOne() {
        Transcript transcript =
                Transcript.of(console -> new Sample(console, () -> {}), "--colr", "red");

        assertThat(transcript.exitCode()).isEqualTo(2);
        assertThat(transcript.err()).contains("--colr", "Did you mean --colour", "sample --help");
    }

    @Test
    void withJsonEveryErrorIsOneObjectOnOut() throws Exception {
        Transcript known =
                failing(
                        new InvalidInputException(
                                ErrorCode.DATASET_EMPTY, "a.csv has no rows.", REMEDY),
                        "--json");
        JsonNode error = new ObjectMapper().readTree(known.out()).path("error");
        assertThat(known.err()).isEmpty();
        assertThat(error.path("code").asText()).isEqualTo("DATASET_EMPTY");
        assertThat(error.path("message").asText()).isEqualTo("a.csv has no rows.");
        assertThat(error.path("remedy").asText()).isEqualTo(REMEDY);

        Transcript mistyped =
                Transcript.of(console -> new Sample(console, () -> {}), "--nope", "--json");
        assertThat(new ObjectMapper().readTree(mistyped.out()).path("error").path("code").asText())
                .isEqualTo("INVALID_OPTION");
    }

    @Test
    void helpGoesToOutWhole() {
        Transcript transcript = Transcript.of(console -> new Sample(console, () -> {}), "--help");

        assertThat(transcript.exitCode()).isZero();
        assertThat(transcript.out()).contains("--colour").endsWith(System.lineSeparator());
    }

    @Test
    void downloadsAreToldInLinesWhereNoPersonWatches() {
        Transcript transcript =
                Transcript.of(
                        console ->
                                new Sample(
                                        console,
                                        () -> {
                                            DownloadBar bar = new DownloadBar(console);
                                            bar.started("model.safetensors", 4_000_000);
                                            for (int i = 0; i < 400; i++) {
                                                bar.advanced(10_000);
                                            }
                                            bar.finished();
                                        }));

        assertThat(transcript.err().lines())
                .startsWith("Downloading model.safetensors (4.0 MB)", "  model.safetensors: 10%")
                .endsWith("  model.safetensors: 90%", "  model.safetensors: done")
                .hasSize(11);
    }

    private static Transcript failing(RuntimeException error, String... arguments) {
        return Transcript.of(
                console ->
                        new Sample(
                                console,
                                () -> {
                                    throw error;
                                }),
                arguments);
    }

    @Command(name = "sample")
    private static final class Sample implements Runnable {

        private final Console console;
        private final Runnable work;

        @Option(names = "--colour")
        private List<String> colours = List.of();

        @Mixin private OutputOptions output;

        Sample(Console console, Runnable work) {
            this.console = console;
            this.work = work;
        }

        @Override
        public void run() {
            work.run();
            console.out().println("done");
        }
    }
}
