package dev.ortune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.golden.GoldenCase;
import dev.ortune.train.CheckpointFolder;
import dev.ortune.train.CheckpointPolicy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ortune train} says of bad input: exit code 2, where it is, what to try, no output. */
class BadInputTest {

    private static final Path BASES = Path.of("test/resources/golden/bases");
    private static final Path ADAPTERS = Path.of("test/resources/golden/adapters");
    private static final String GOOD_ROWS = "text,label\ngood film,pos\nbad film,neg\n";

    @TempDir private Path folder;
    private Path out;
    private Path data;

    @BeforeEach
    void writeGoodData() throws IOException {
        out = folder.resolve("out/model");
        data = Files.writeString(folder.resolve("train.csv"), GOOD_ROWS);
    }

    static Stream<Arguments> badFiles() {
        return Stream.of(
                Arguments.of("empty.csv", "", List.of("empty.csv", "empty")),
                Arguments.of("empty.jsonl", "\n\n", List.of("empty.jsonl", "empty")),
                Arguments.of("header.csv", "text,label\n", List.of("header.csv", "no data rows")),
                Arguments.of(
                        "one.csv",
                        "text,label\na,pos\nb,pos\n",
                        List.of("one.csv", "only the label \"pos\"")),
                Arguments.of(
                        "column.csv",
                        "text,sentiment\na,pos\n",
                        List.of("column.csv", "\"label\"")),
                Arguments.of(
                        "field.jsonl",
                        "{\"text\": \"a\", \"label\": \"x\"}\n{\"text\": \"b\"}\n",
                        List.of("field.jsonl", "row 2", "label")),
                Arguments.of(
                        "blank.csv", "text,label\na,pos\n,neg\n", List.of("blank.csv", "row 2")),
                Arguments.of(
                        "quote.csv",
                        "text,label\na,pos\n\"never closed,neg\n",
                        List.of("quote.csv", "line 3")),
                Arguments.of(
                        "broken.jsonl",
                        "{\"text\": \"a\", \"label\": \"x\"}\n{\"text\": \"b\", \n",
                        List.of("broken.jsonl", "row 2")),
                Arguments.of(
                        "long.csv",
                        "text,label\na,pos\n" + "x".repeat(10 << 20) + ",neg\n",
                        List.of("long.csv", "row 2")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badFiles")
    void aBadFileIsRefusedWithItsPlace(String name, String content, List<String> words)
            throws IOException {
        data = Files.writeString(folder.resolve(name), content);
        assertRefused(train(), words.toArray(String[]::new));
    }

    @Test
    void aFileThatIsNotUtf8IsRefusedWithItsRow() throws IOException {
        data = folder.resolve("latin.csv");
        Files.write(
                data, "text,label\na,pos\ncaf\u00e9,neg\n".getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(train(), "latin.csv", "UTF-8");
    }

    @Test
    void aFileThatIsNotThereIsRefused() {
        data = folder.resolve("nowhere.csv");
        assertRefused(train(), "nowhere.csv");
    }

    @Test
    void aLabelThatOnlyTheValidationHasIsRefusedWithItsRow() throws IOException {
        Path validation =
                Files.writeString(folder.resolve("v.csv"), "text,label\na,pos\nb,mixed\n");
        assertRefused(train("--validation", validation.toString()), "v.csv", "row 2", "\"mixed\"");
    }

    @Test
    void groupingByLengthNeedsShuffling() {
        assertRefused(
                train("--group-by-length", "--no-shuffle"), "--group-by-length", "--no-shuffle");
    }

    @ParameterizedTest
    @CsvSource({
        "--device, gpu, '--device must be auto, cpu, cuda or coreml'",
        "--learning-rate, NaN, --learning-rate",
        "--learning-rate, Infinity, --learning-rate",
        "--learning-rate, abc, --learning-rate",
        "--learning-rate, 0, --learning-rate",
        "--learning-rate, -1, --learning-rate",
        "--weight-decay, NaN, --weight-decay",
        "--warmup-ratio, 1.5, --warmup-ratio",
        "--warmup-ratio, NaN, --warmup-ratio",
        "--clip-norm, -1, --clip-norm",
        "--clip-norm, NaN, --clip-norm",
        "--epochs, 0, --epochs",
        "--epochs, ten, --epochs",
        "--batch-size, 0, --batch-size",
        "--gradient-accumulation, 0, --gradient-accumulation",
        "--max-steps, 0, --max-steps",
        "--schedule, cosine, --schedule",
        "--truncation-side, top, --truncation-side",
        "--seed, 1.5, --seed",
        "--threads, 0, --threads",
        "--lora-rank, 0, rank",
        "--lora-rank, 33, 32",
        "--lora-rank, 2147483647, 32",
        "--lora-alpha, NaN, alpha",
        "--lora-dropout, 1, dropout",
        "--max-length, 2, --max-length",
        "--max-length, 100000, 24",
        "--label-weights, 1, label weights",
        "--label-weights, '1,-1', label weight",
        "--labels, pos, label names",
        "--labels, 'pos,pos', pos",
        "--labels, 'pos,mixed', neg",
        "--modules-to-save, nothing, nothing",
        "--problem-type, several, --problem-type",
        "--text-column, body, body",
        "--no-such-option, 1, --no-such-option"
    })
    void aBadOptionIsRefusedByName(String option, String value, String words) {
        assertRefused(train(option, value), words);
    }

    @Test
    void aMaximumLengthOfThreeTokensTrains() {
        CommandLineRun run = train("--max-length", "3", "--epochs", "1");
        assertThat(run.exitCode()).as(run.err()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "distilbert-tiny, 'q_lin,k_lin,v_lin,out_lin,lin1,lin2'",
        "bert-tiny, 'query,key,value'"
    })
    void anUnknownTargetModuleIsRefusedWithTheValidOnes(String base, String valid) {
        CommandLineRun run = trainOn(BASES.resolve(base), "--target-modules", "attention_x");
        assertRefused(run, "attention_x");
        assertThat(run.err()).contains(valid.split(","));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 8, 500, -100})
    void aTruncatedBaseIsRefused(int bytes) throws IOException {
        Path base = copyOfBase("distilbert-tiny");
        byte[] whole = Files.readAllBytes(base.resolve("model.safetensors"));
        int kept = bytes < 0 ? whole.length + bytes : bytes;
        Files.write(base.resolve("model.safetensors"), Arrays.copyOf(whole, kept));
        assertRefused(trainOn(base), "model.safetensors");
        assertNothingPrepared();
    }

    @Test
    void aHeaderThatLiesAboutItsLengthIsRefused() throws IOException {
        Path base = copyOfBase("distilbert-tiny");
        byte[] bytes = Files.readAllBytes(base.resolve("model.safetensors"));
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(0, Long.MAX_VALUE);
        Files.write(base.resolve("model.safetensors"), bytes);
        assertRefused(trainOn(base), "model.safetensors", "header");
    }

    @Test
    void aHeaderThatLiesAboutAShapeIsRefused() throws IOException {
        Path base = copyOfBase("distilbert-tiny");
        byte[] bytes = Files.readAllBytes(base.resolve("model.safetensors"));
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String lie = text.replaceFirst("\\[200,32\\]", "[900,32]");
        assertThat(lie).isNotEqualTo(text);
        Files.write(base.resolve("model.safetensors"), lie.getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(trainOn(base), "model.safetensors", "word_embeddings");
    }

    @Test
    void aBaseOfAnotherArchitectureIsRefused() throws IOException {
        Path base = copyOfBase("distilbert-tiny");
        replaceInConfig(base, "\"model_type\": \"distilbert\"", "\"model_type\": \"roberta\"");
        assertRefused(trainOn(base), "roberta", "distilbert", "bert");
    }

    @Test
    void aConfigurationOfAnotherFamilyThanTheWeightsIsRefused() throws IOException {
        Path base = copyOfBase("distilbert-tiny");
        Files.copy(
                BASES.resolve("bert-tiny/config.json"),
                base.resolve("config.json"),
                StandardCopyOption.REPLACE_EXISTING);
        assertRefused(trainOn(base), "bert.embeddings", "config.json");
        assertNothingPrepared();
    }

    @Test
    void aConfigurationThatIsNoJsonIsRefused() throws IOException {
        Path base = copyOfBase("distilbert-tiny");
        Files.writeString(base.resolve("config.json"), "{\"dim\": ");
        assertRefused(trainOn(base), "config.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.json", "model.safetensors", "vocab.txt"})
    void aBaseThatLacksAFileIsRefusedWithItsName(String missing) throws IOException {
        Path base = copyOfBase("distilbert-tiny");
        Files.delete(base.resolve(missing));
        assertRefused(trainOn(base), missing);
        assertNothingPrepared();
    }

    @Test
    void aBaseThatIsNotThereIsRefused() {
        assertRefused(trainOn(folder.resolve("no/base/here")), "no/base/here");
    }

    @Test
    void aHubNameWithoutAHubIsNoBadInputButAFailure() {
        CommandLineRun run = trainOn(Path.of("someone/some-model"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("someone/some-model", "HF_HUB_OFFLINE", "  try: ");
        assertThat(out).doesNotExist();
    }

    @Test
    void anOutputFolderWithFilesIsRefusedAndLeftAlone() throws IOException {
        Files.createDirectories(out);
        Path precious = Files.writeString(out.resolve("precious.txt"), "kept");
        CommandLineRun run = train();
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("error: " + out, "exists", "  try: ");
        assertThat(precious).hasContent("kept");
    }

    @Test
    void anOutputBelowAFileIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        out = file.resolve("model");
        CommandLineRun run = train("--epochs", "1");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("Cannot write " + out, "  try: ");
        assertThat(file).isEmptyFile();
    }

    @Test
    void anAdapterOfAnotherBaseIsRefused() {
        CommandLineRun run =
                trainOn(
                        BASES.resolve("bert-tiny"),
                        "--from-adapter",
                        ADAPTERS.resolve("peft-distilbert").toString(),
                        "--labels",
                        "pos,neg,other");
        assertRefused(run, "q_lin");
    }

    @Test
    void anAdapterWithOtherShapesIsRefused() throws IOException {
        Path base = copyOfBase("distilbert-tiny");
        replaceInConfig(base, "\"n_layers\": 3", "\"n_layers\": 2");
        assertRefused(
                trainOn(
                        base,
                        "--from-adapter",
                        ADAPTERS.resolve("peft-distilbert").toString(),
                        "--labels",
                        "pos,neg,other"),
                "layer.2");
    }

    @Test
    void anAdapterWithAnotherNumberOfLabelsIsRefused() {
        assertRefused(
                train(
                        "--from-adapter",
                        ADAPTERS.resolve("peft-distilbert").toString(),
                        "--labels",
                        "pos,neg"),
                "classifier");
    }

    @Test
    void rowsWithLabelsThatTheAdapterLacksAreRefused() {
        assertRefused(
                train("--from-adapter", ADAPTERS.resolve("peft-distilbert").toString()),
                "train.csv",
                "row 1",
                "\"pos\"",
                "negative, neutral, positive");
    }

    @ParameterizedTest
    @CsvSource({
        "--lora-rank, 4",
        "--lora-alpha, 32",
        "--lora-dropout, 0",
        "--target-modules, q_lin",
        "--modules-to-save, pooler",
        "--problem-type, multi_label"
    })
    void anAdaptersOwnOptionsCannotBeChanged(String option, String value) {
        CommandLineRun run =
                train(
                        "--from-adapter",
                        ADAPTERS.resolve("peft-distilbert").toString(),
                        option,
                        value);
        assertRefused(run, option + " cannot be combined with --from-adapter");
    }

    @Test
    void aFolderThatIsNoAdapterIsRefused() {
        assertRefused(train("--from-adapter", folder.toString()), "adapter_config.json");
    }

    @Test
    void aLossThatExplodesIsRefusedWithItsStepAndLeavesNothing() {
        CommandLineRun run =
                train("--learning-rate", "1e30", "--clip-norm", "0", "--schedule", "constant");
        assertRefused(run, "step 2", "--learning-rate");
    }

    @Test
    void aCheckpointFolderThatAnotherRunUsesIsRefused() {
        Path checkpoints = folder.resolve("checkpoints");
        try (CheckpointFolder held =
                CheckpointFolder.open(checkpoints, "another", new CheckpointPolicy(1, 1))) {
            assertRefused(
                    train("--checkpoint-dir", checkpoints.toString()),
                    "Another run is using the checkpoint folder",
                    checkpoints.toString());
            assertThat(held.latest()).isEmpty();
        }
    }

    @Test
    void missingOptionsAreNamed() {
        CommandLineRun run = CommandLineRun.of(folder, "train", "--data", data.toString());
        assertRefused(run, "--out");
    }

    @Test
    void badInputForProgramsIsAnObject() {
        CommandLineRun run = train("--learning-rate", "NaN", "--json");
        assertThat(run.exitCode()).isEqualTo(2);
        JsonNode error = run.json().path("error");
        assertThat(error.path("code").asText()).isEqualTo("INVALID_OPTION");
        assertThat(error.path("message").asText()).contains("--learning-rate");
        assertThat(error.path("remedy").asText()).isNotBlank();
        assertThat(run.err()).isEmpty();
    }

    @Test
    void aModelThatIsNotThereIsRefusedByPredict() {
        CommandLineRun run =
                CommandLineRun.of(
                        folder, "predict", "--model", out.toString(), "--text", "good film");
        assertRefused(run, out.toString());
    }

    @Test
    void aBlankTextIsRefusedByPredict() {
        CommandLineRun run =
                CommandLineRun.of(folder, "predict", "--model", "anywhere", "--text", "  ");
        assertRefused(run, "--text");
    }

    @Test
    void predictWantsATextOrAFileAndNotBoth() {
        String[] both = {"predict", "--model", "m", "--text", "a", "--data", data.toString()};
        assertRefused(CommandLineRun.of(folder, both), "--text", "--data");
        assertRefused(CommandLineRun.of(folder, "predict", "--model", "m"), "--text", "--data");
    }

    private CommandLineRun train(String... more) {
        return trainOn(GoldenCase.base("distilbert-tiny"), more);
    }

    private CommandLineRun trainOn(Path base, String... more) {
        List<String> arguments =
                new ArrayList<>(
                        List.of(
                                "train",
                                "--base",
                                base.toString(),
                                "--data",
                                data.toString(),
                                "--out",
                                out.toString()));
        arguments.addAll(List.of(more));
        return CommandLineRun.of(folder, arguments.toArray(String[]::new));
    }

    private void assertRefused(CommandLineRun run, String... words) {
        assertThat(run.exitCode()).as(run.err()).isEqualTo(2);
        assertThat(run.err()).contains(words).contains("error: ", "  try: ");
        assertThat(run.err()).doesNotContain("Exception", "\tat ");
        assertThat(run.out()).isEmpty();
        assertThat(out.getParent()).doesNotExist();
    }

    private void assertNothingPrepared() throws IOException {
        Path prepared = folder.resolve("ortune/prepared");
        if (Files.exists(prepared)) {
            assertThat(prepared).isEmptyDirectory();
        }
    }

    private Path copyOfBase(String name) throws IOException {
        Path copy = Files.createDirectories(folder.resolve("base"));
        for (String file : List.of("config.json", "model.safetensors", "vocab.txt")) {
            Files.copy(BASES.resolve(name).resolve(file), copy.resolve(file));
        }
        return copy;
    }

    private static void replaceInConfig(Path base, String from, String to) throws IOException {
        String config = Files.readString(base.resolve("config.json"));
        assertThat(config).contains(from);
        Files.writeString(base.resolve("config.json"), config.replace(from, to));
    }
}
