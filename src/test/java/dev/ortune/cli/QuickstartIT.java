package dev.ortune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ortune.golden.GoldenCase;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged quickstart, on a tiny base in place of a real one. */
class QuickstartIT {

    private static final String BASE = GoldenCase.base("distilbert-tiny").toString();

    @TempDir private Path folder;

    @Test
    void theTourEndsInAnAdapterAndItsNumbers() throws Exception {
        Path out = folder.resolve("reviews");
        PackagedProgram.Ended run =
                PackagedProgram.run(
                        folder,
                        "quickstart",
                        "--base",
                        BASE,
                        "--no-serve",
                        "--json",
                        "--out",
                        out.toString());
        assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
        JsonNode summary = new ObjectMapper().readTree(run.out());
        assertThat(summary.path("epochs")).hasSize(1);
        JsonNode evaluation = summary.path("epochs").path(0).path("evaluation");
        assertThat(evaluation.path("examples").asInt()).isEqualTo(1000);
        assertThat(evaluation.path("accuracy").asDouble()).isBetween(0.3, 1.0);
        assertThat(summary.path("labels"))
                .extracting(JsonNode::asText)
                .containsExactly("negative", "positive");
        assertThat(summary.path("sentences")).hasSize(5);
        for (JsonNode sentence : summary.path("sentences")) {
            assertThat(sentence.path("text").asText()).isNotBlank();
            for (String time : new String[] {"before", "after"}) {
                assertThat(sentence.path(time).asText()).isIn("negative", "positive");
                assertThat(sentence.path(time + "_score").asDouble()).isBetween(0.5, 1.0);
            }
        }
        assertThat(run.err()).contains("1/4 Base model", "4/4 Done", "epoch  steps", "tokens/s");
        assertThat(out.resolve("adapter_model.safetensors")).exists();
    }

    @Test
    void badInputIsToldWithoutAStackAndWithItsExitCode() throws Exception {
        PackagedProgram.Ended run =
                PackagedProgram.run(
                        folder, "quickstart", "--base", folder + "/nowhere/at/all", "--no-serve");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("error: ", "nowhere", "  try: ").doesNotContain("\tat ");
    }
}
