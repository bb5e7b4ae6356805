package dev.ortune.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.golden.GoldenCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model trained once from the command line, and everything that people then do with it. */
@TestInstance(Lifecycle.PER_CLASS)
class TrainAndPredictTest {

    private static final String BASE = GoldenCase.base("distilbert-tiny").toString();

    private Path folder;
    private Path model;
    private Path data;
    private CommandLineRun training;

    @BeforeAll
    void train(@TempDir Path temporary) throws IOException {
        folder = temporary;
        model = folder.resolve("models/reviews");
        data = Files.writeString(folder.resolve("train.csv"), csv(60));
        Path validation = Files.writeString(folder.resolve("validation.csv"), csv(20));
        training =
                run(
                        "train",
                        "--base",
                        BASE,
                        "--data",
                        data.toString(),
                        "--validation",
                        validation.toString(),
                        "--out",
                        model.toString(),
                        "--epochs",
                        "8",
                        "--learning-rate",
                        "1e-2",
                        "--lora-rank",
                        "2",
                        "--target-modules",
                        "q_lin,v_lin",
                        "--threads",
                        "1",
                        "--json");
    }

    @Test
    void theSummaryIsOneObjectWithEveryEpoch() {
        assertThat(training.exitCode()).as(training.err()).isZero();
        JsonNode summary = training.json();
        assertThat(summary.path("model").asText()).isEqualTo(model.toString());
        assertThat(summary.path("labels")).extracting(JsonNode::asText).containsExactly("n", "p");
        assertThat(summary.path("epochs")).hasSize(8);
        JsonNode best = summary.path("epochs").path(summary.path("best_epoch").asInt() - 1);
        assertThat(best.path("evaluation").path("accuracy").asDouble()).isEqualTo(1.0);
        assertThat(best.path("evaluation").path("macroF1").asDouble()).isEqualTo(1.0);
        assertThat(best.path("evaluation").path("confusionMatrix")).hasSize(2);
        assertThat(summary.path("recipe").path("learning_rate").asText()).isEqualTo("0.01");
    }

    @Test
    void theTableOfEpochsGoesToPeople() {
        assertThat(training.err())
                .contains("trainable params: ", "epoch  steps  train loss", "step ", "tokens/s");
    }

    @Test
    void theFolderIsAnAdapterWithTokenizerAndCard() throws IOException {
        try (Stream<Path> files = Files.list(model)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains(
                            "adapter_config.json",
                            "adapter_model.safetensors",
                            "config.json",
                            "tokenizer.json",
                            "README.md");
        }
        assertThat(Files.readString(model.resolve("README.md")))
                .contains("distilbert-tiny", "train.csv", "validation.csv");
    }

    @Test
    void nothingButTheModelIsLeftBesideIt() throws IOException {
        try (Stream<Path> files = Files.list(model.getParent())) {
            assertThat(files).containsExactly(model);
        }
    }

    @Test
    @DisabledOnOs(OS.MAC)
    void aDeviceThatTheBuildLacksIsWarnedOfAndTheProcessorAnswers() {
        CommandLineRun asked = predict("--text", "the good movie", "--device", "coreml");
        assertThat(asked.exitCode()).as(asked.err()).isZero();
        assertThat(asked.out()).isEqualTo(predict("--text", "the good movie").out());
        assertThat(asked.err())
                .contains("warning: This build has no CoreML, the CPU computes instead.");
    }

    @Test
    void aTextIsClassifiedForPeople() {
        CommandLineRun run = predict("--text", "the good movie");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).matches("[01]\\.\\d{4}  p  the good movie\\R");
    }

    @Test
    void aTextIsClassifiedForPrograms() {
        JsonNode row = predict("--text", "the bad movie", "--json").json();
        assertThat(row.fieldNames())
                .toIterable()
                .containsExactly("label", "score", "scores", "logits");
        assertThat(row.path("label").asText()).isEqualTo("n");
        assertThat(row.path("scores").path("n").asDouble())
                .isEqualTo(row.path("score").asDouble())
                .isGreaterThan(0.5);
        assertThat(
                        row.path("scores").path("n").asDouble()
                                + row.path("scores").path("p").asDouble())
                .isCloseTo(1, within(1e-6));
        assertThat(row.path("logits")).hasSize(2);
        assertThat(row.path("logits").get(0).asDouble())
                .isGreaterThan(row.path("logits").get(1).asDouble());
    }

    @Test
    void aFileGetsAnObjectPerRowInItsOrder() {
        List<JsonNode> rows = predict("--data", data.toString(), "--json").jsonLines();
        assertThat(rows).hasSize(60);
        for (int row = 0; row < rows.size(); row++) {
            assertThat(rows.get(row).path("label").asText()).isEqualTo(row % 2 == 0 ? "p" : "n");
        }
    }

    @Test
    void aFileOfTextsNeedsNoLabels() throws IOException {
        Path texts =
                Files.writeString(
                        folder.resolve("texts.jsonl"), "{\"text\": \"the good movie\"}\n");
        assertThat(predict("--data", texts.toString()).out()).contains("p  the good movie");
    }

    @Test
    void trainingOnTheSameOptionsGivesTheSameFiles() throws IOException {
        byte[] first = trainBriefly("same-1");
        assertThat(trainBriefly("same-2")).isEqualTo(first);
    }

    @Test
    void aTrainedAdapterIsContinuedOnItsBase() {
        CommandLineRun run =
                run(
                        "train",
                        "--base",
                        BASE,
                        "--from-adapter",
                        model.toString(),
                        "--data",
                        data.toString(),
                        "--out",
                        folder.resolve("continued").toString(),
                        "--max-steps",
                        "2",
                        "--learning-rate",
                        "1e-5",
                        "--json");
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        double fresh = training.json().path("epochs").get(0).path("training_loss").asDouble();
        assertThat(run.json().path("epochs").get(0).path("training_loss").asDouble())
                .isLessThan(fresh / 2);
        assertThat(run.json().path("trainable_parameters"))
                .isEqualTo(training.json().path("trainable_parameters"));
    }

    @Test
    void severalLabelsPerTextAreTrainedAndPredicted() throws IOException {
        Path rows =
                Files.writeString(
                        folder.resolve("several.csv"),
                        "text,label\ngood film,a\nbad film,b\ngood bad film,a|b\nfilm,\n");
        Path out = folder.resolve("several");
        CommandLineRun run =
                run(
                        "train",
                        "--base",
                        BASE,
                        "--data",
                        rows.toString(),
                        "--out",
                        out.toString(),
                        "--problem-type",
                        "multi_label",
                        "--epochs",
                        "2",
                        "--json");
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        JsonNode answer =
                run("predict", "--base", BASE, "--model", out.toString(), "--text", "a", "--json")
                        .json();
        double logit = answer.path("logits").get(1).asDouble();
        assertThat(answer.path("scores").path("b").asDouble())
                .isCloseTo(1 / (1 + Math.exp(-logit)), within(1e-6));
    }

    @Test
    void predictTakesTheBaseThatTheModelNames() {
        CommandLineRun run =
                run("predict", "--model", model.toString(), "--text", "the good movie");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("p  the good movie");
    }

    @ParameterizedTest
    @ValueSource(strings = {"weights.bin", "base.json", "config.json", "tokenizer.json"})
    void aDamagedPreparedBaseIsMadeAgain(String damaged, @TempDir Path home) throws IOException {
        String[] arguments = {
            "predict", "--base", BASE, "--model", model.toString(), "--text", "the good movie"
        };
        String whole = CommandLineRun.of(home, arguments).out();
        Path prepared;
        try (Stream<Path> folders = Files.list(home.resolve("ortune/prepared"))) {
            prepared =
                    folders.filter(folder -> !folder.endsWith(".sources"))
                            .findFirst()
                            .orElseThrow();
        }
        Path file = prepared.resolve(damaged);
        Files.write(file, Arrays.copyOf(Files.readAllBytes(file), 100));
        CommandLineRun run = CommandLineRun.of(home, arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).isEqualTo(whole);
        Files.delete(file);
        assertThat(CommandLineRun.of(home, arguments).out()).isEqualTo(whole);
        assertThat(prepared.getParent()).isDirectoryNotContaining("glob:**/.preparing*");
    }

    @Test
    void peoplesSummaryNamesTheNextCommands() {
        CommandLineRun run = brief("people");
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("Kept the last epoch", "./ortune predict --model", "./ortune serve");
    }

    private byte[] trainBriefly(String name) throws IOException {
        CommandLineRun run = brief(name);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return Files.readAllBytes(folder.resolve(name).resolve("adapter_model.safetensors"));
    }

    private CommandLineRun brief(String name) {
        return run(
                "train",
                "--base",
                BASE,
                "--data",
                data.toString(),
                "--out",
                folder.resolve(name).toString(),
                "--epochs",
                "1",
                "--threads",
                "2");
    }

    private CommandLineRun predict(String... arguments) {
        return run(
                Stream.concat(
                                Stream.of("predict", "--base", BASE, "--model", model.toString()),
                                Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private CommandLineRun run(String... arguments) {
        return CommandLineRun.of(folder, arguments);
    }

    private static String csv(int rows) {
        List<String> fillers =
                List.of("the movie", "story was", "film as", "music, the plot", "my");
        StringBuilder csv = new StringBuilder("text,label\n");
        for (int row = 0; row < rows; row++) {
            String filler = fillers.get(row / 2 % fillers.size());
            csv.append('"').append(filler).append(row % 2 == 0 ? " good\",p\n" : " bad\",n\n");
        }
        return csv.toString();
    }
}
