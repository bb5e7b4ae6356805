package dev.ortune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.golden.GoldenCase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands around training: help, export, doctor, serve. */
class CommandsTest {

    private static final String BASE = GoldenCase.base("distilbert-tiny").toString();

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"quickstart", "check", "train", "predict", "serve", "export", "doctor"})
    void everyCommandHasItsHelp(String command) {
        CommandLineRun run = run(command, "--help");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).contains("Usage: ortune " + command, "--help", "--json");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void theHelpListsTheCommands() {
        CommandLineRun run = run("--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("quickstart", "check", "train", "predict", "serve", "keys", "export")
                .contains("doctor");
        assertThat(run("help").exitCode()).isZero();
    }

    @Test
    void theHelpOfTrainNamesTheDefaults() {
        assertThat(run("train", "--help").out())
                .contains("--epochs", "(10)", "--lora-rank", "(4)", "--from-adapter", "1e-3");
    }

    @Test
    void theVersionNamesOnnxRuntime() {
        CommandLineRun run = run("--version");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).matches("ortune \\d+\\.\\S+, ONNX Runtime \\d+\\.\\d+\\S*\\R");
    }

    @Test
    void withoutACommandTheExitCodeIsTwo() {
        CommandLineRun run = run();
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("error: Name a command.", "  try: Run ortune --help");
    }

    @Test
    void aMistypedCommandGetsASuggestion() {
        CommandLineRun run = run("trian");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("'trian'", "  try: Did you mean train");
    }

    @Test
    void checkTellsWhatIsWrongWithDataFiles() throws IOException {
        Path training =
                Files.writeString(
                        folder.resolve("t.csv"),
                        "text,label\ngood,pos\nbad,neg\n,neg\ngood,pos\nthe good movie,pos\n");
        Path validation =
                Files.writeString(folder.resolve("v.csv"), "text,label\ngood,pos\nso so,mixed\n");
        CommandLineRun run =
                run(
                        "check",
                        "--base",
                        BASE,
                        "--data",
                        training.toString(),
                        "--validation",
                        validation.toString(),
                        "--max-length",
                        "4");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out())
                .contains(
                        "Training: t.csv, 5 rows",
                        "labels: pos 3, neg 1",
                        "row 3 (line 4): the text in \"text\" is blank",
                        "Rows that repeat an earlier one: 1.",
                        "1 of 2 validation texts are training texts too.",
                        "No training row has the labels: \"mixed\".",
                        "1 of 4 texts are longer than 4 tokens",
                        "2 errors, ");
        JsonNode json =
                run("check", "--json", "--base", BASE, "--data", training.toString()).json();
        assertThat(json.path("usable").asBoolean(true)).isFalse();
        assertThat(json.at("/training/tokens/longest").asInt()).isEqualTo(5);
        assertThat(json.at("/findings/0/kind").asText()).isEqualTo("faulty_row");
        assertThat(json.at("/findings/0/severity").asText()).isEqualTo("error");
        assertThat(json.at("/findings/0/rows/0").asInt()).isEqualTo(3);
    }

    @Test
    void checkTellsTheRowsWhoseLabelTrainWouldRefuse() throws IOException {
        Path data =
                Files.writeString(
                        folder.resolve("t.csv"), "text,label\ngood,pos\nbad,neg\nso so,mixed\n");
        String[] labels = {"--base", BASE, "--data", data.toString(), "--labels", "neg,pos,other"};
        CommandLineRun run = run(Stream.concat(Stream.of("check"), Stream.of(labels)));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out())
                .contains(
                        "Rows whose label is not one of those given: 1; it is \"mixed\".",
                        "No training row has these of the labels given: \"other\".");
        JsonNode findings =
                run(Stream.concat(Stream.of("check", "--json"), Stream.of(labels)))
                        .json()
                        .path("findings");
        assertThat(findings)
                .extracting(it -> it.path("kind").asText() + it.path("rows"))
                .contains("unknown_label[3]", "label_without_rows[]");
        String out = folder.resolve("model").toString();
        CommandLineRun refused =
                run(Stream.concat(Stream.of("train", "--out", out), Stream.of(labels)));
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("t.csv, row 3", "\"mixed\"");
    }

    @Test
    void checkRefusesLabelsThatTrainWouldRefuse() throws IOException {
        Path data = Files.writeString(folder.resolve("t.csv"), "text,label\na,pos\nb,neg\n");
        CommandLineRun run =
                run("check", "--base", BASE, "--data", data.toString(), "--labels", "pos,pos");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("\"pos\" is given twice", "  try: ");
    }

    @Test
    void checkIsContentWithCleanFiles() throws IOException {
        StringBuilder rows = new StringBuilder("text,label\n");
        for (int row = 0; row < 24; row++) {
            rows.append("movie ").append(row).append(row % 2 == 0 ? ",pos\n" : ",neg\n");
        }
        Path data = Files.writeString(folder.resolve("t.csv"), rows);
        CommandLineRun run = run("check", "--base", BASE, "--data", data.toString());
        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.out()).contains("0 errors, 0 warnings.");
    }

    @Test
    void exportWritesArtifacts() {
        Path out = folder.resolve("artifacts");
        CommandLineRun run =
                run("export", "--base", BASE, "--out", out.toString(), "--labels", "a,b", "--json");
        assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
        assertThat(run.json().path("trainable_parameters").asLong()).isEqualTo(1890);
        assertThat(out.resolve("training_model.onnx")).exists();
        assertThat(out.resolve("checkpoint")).exists();
    }

    @Test
    void doctorChecksEverythingThatTrainingNeeds() {
        CommandLineRun run = run("doctor", "--json");
        assertThat(run.exitCode()).as(run.out()).isZero();
        assertThat(run.json().path("checks"))
                .extracting(check -> check.path("check").asText())
                .contains(
                        "Java",
                        "processors",
                        "memory",
                        "cache folder",
                        "ONNX Runtime",
                        "bundled base",
                        "tokenizer");
        assertThat(run.json().path("checks"))
                .allSatisfy(
                        check ->
                                assertThat(check.path("state").asText())
                                        .isIn("ok", "warning", "missing"));
    }

    @Test
    void doctorSaysWhichDevicesComputeAndHowToGetTheOthers() {
        JsonNode checks = run("doctor", "--json").json().path("checks");
        assertThat(device(checks, "CPU").path("detail").asText()).isEqualTo("trains and infers");
        for (String name : List.of("CUDA", "CoreML")) {
            JsonNode check = device(checks, name);
            boolean usable = check.path("detail").asText().contains("infers");
            assertThat(check.path("remedy").asText().isEmpty())
                    .as(check.toString())
                    .isEqualTo(usable);
            assertThat(check.path("state").asText()).isIn("ok", "warning");
        }
    }

    private static JsonNode device(JsonNode checks, String name) {
        for (JsonNode check : checks) {
            if (check.path("check").asText().equals("device " + name)) {
                return check;
            }
        }
        throw new AssertionError("no device " + name + " in " + checks);
    }

    @Test
    void doctorSaysWhatIsMissingAndWhatToDo() {
        CommandLineRun run = CommandLineRun.of(Path.of("/proc/nowhere"), "doctor", "--json");
        assertThat(run.exitCode()).isEqualTo(1);
        JsonNode cache = run.json().path("checks").path(3);
        assertThat(cache.path("check").asText()).isEqualTo("cache folder");
        assertThat(cache.path("state").asText()).isEqualTo("missing");
        assertThat(cache.path("remedy").asText()).contains("ORTUNE_HOME");
    }

    @Test
    void serveTurnsItsOptionsIntoSettings() {
        CommandLineRun run =
                run(
                        "serve",
                        "--model",
                        "models/reviews",
                        "--model",
                        "my.name=models/other/",
                        "--base",
                        BASE,
                        "--host",
                        "127.0.0.1",
                        "--port",
                        "8099",
                        "--grpc-port",
                        "9099",
                        "--threads",
                        "3",
                        "--device",
                        "CUDA");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.served()).hasSize(1);
        assertThat(run.served().get(0).settings())
                .isEqualTo(
                        Map.of(
                                "ortune.models.\"reviews\"",
                                Path.of("models/reviews").toAbsolutePath().toString(),
                                "ortune.models.\"my.name\"",
                                Path.of("models/other").toAbsolutePath().toString(),
                                "ortune.base",
                                BASE,
                                "quarkus.http.host",
                                "127.0.0.1",
                                "quarkus.grpc.server.host",
                                "127.0.0.1",
                                "quarkus.http.port",
                                "8099",
                                "quarkus.grpc.server.port",
                                "9099",
                                "ortune.threads",
                                "3",
                                "ortune.device",
                                "cuda"));
    }

    @Test
    void serveWithoutOptionsLeavesTheConfigurationAlone() {
        assertThat(run("serve").served().get(0).settings()).containsOnlyKeys("ortune.threads");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--port=none",
                "--port=70000",
                "--port=-1",
                "--threads=0",
                "--device=gpu",
                "--model=",
                "--model=a="
            })
    void serveRefusesBadOptions(String option) {
        CommandLineRun run = run("serve", option);
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains(option.substring(0, option.indexOf('=')), "  try: ");
        assertThat(run.served()).isEmpty();
    }

    @Test
    void serveRefusesTwoModelsOfOneName() {
        CommandLineRun run = run("serve", "--model", "a/reviews", "--model", "b/reviews");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("reviews twice", "  try: ");
    }

    private CommandLineRun run(Stream<String> arguments) {
        return run(arguments.toArray(String[]::new));
    }

    private CommandLineRun run(String... arguments) {
        return CommandLineRun.of(folder, arguments);
    }
}
