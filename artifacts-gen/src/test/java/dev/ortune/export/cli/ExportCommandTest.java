package dev.ortune.export.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ortune.console.Transcript;
import dev.ortune.export.Manifest;
import dev.ortune.golden.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ExportCommandTest {

    private static final Path DISTILBERT = Golden.base("distilbert-tiny");

    @TempDir private Path folder;
    private Path out;

    @BeforeEach
    void nameTheOutput() {
        out = folder.resolve("artifacts");
    }

    @Test
    void theSummaryNamesFolderFilesAndPeftsLine() {
        Transcript transcript = export(DISTILBERT, "--lora-rank", "4");

        assertThat(transcript.exitCode()).as(transcript.err()).isZero();
        assertThat(transcript.out())
                .contains(out.toString(), "training_model.onnx", "weights.bin", " MB", " s")
                .contains("trainable params: 1,890 || all params: 35,876 || trainable%: 5.2681");
        assertThat(transcript.err()).isEmpty();
    }

    @Test
    void withJsonTheSummaryIsOneObject() throws IOException {
        Transcript transcript = export(DISTILBERT, "--json");

        JsonNode summary = new ObjectMapper().readTree(transcript.out());
        assertThat(summary.path("trainable_parameters").asLong()).isEqualTo(1890);
        assertThat(summary.path("directory").asText()).isEqualTo(out.toString());
        assertThat(summary.path("files")).hasSize(9);
        assertThat(summary.path("weights_reused").asBoolean()).isFalse();
    }

    @Test
    void everyOptionReachesTheManifest() {
        Transcript transcript =
                export(
                        Golden.base("bert-tiny"),
                        "--labels=good,bad,ugly",
                        "--lora-rank=2",
                        "--lora-alpha=6",
                        "--lora-dropout=0.25",
                        "--target-modules=query,value",
                        "--problem-type=multi_label",
                        "--label-weights=1,2.5,0.5",
                        "--max-length=16",
                        "--modules-to-save=pooler",
                        "--no-model-dropout",
                        "--seed=42");

        assertThat(transcript.exitCode()).as(transcript.err()).isZero();
        Manifest.Options options = Manifest.read(out).options();
        assertThat(options.labels()).containsExactly("good", "bad", "ugly");
        assertThat(options.loraRank()).isEqualTo(2);
        assertThat(options.loraAlpha()).isEqualTo(6);
        assertThat(options.loraDropout()).isEqualTo(0.25);
        assertThat(options.targetModules())
                .contains("bert.encoder.layer.0.attention.self.query")
                .allMatch(name -> name.endsWith("query") || name.endsWith("value"));
        assertThat(options.modulesToSave()).containsExactly("bert.pooler.dense", "classifier");
        assertThat(options.problemType()).isEqualTo("multi_label");
        assertThat(options.labelWeights()).contains(List.of(1f, 2.5f, 0.5f));
        assertThat(options.maxLengthTokens()).isEqualTo(16);
        assertThat(options.hiddenDropout()).isZero();
        assertThat(options.seed()).isEqualTo(42);
    }

    @Test
    void aLabelCountGivesTransformersNames() {
        export(DISTILBERT, "--labels", "3");

        assertThat(Manifest.read(out).options().labels())
                .containsExactly("LABEL_0", "LABEL_1", "LABEL_2");
    }

    @Test
    void withoutABaseAndWithoutAHubTheBundledBaseIsTakenWithANotice() {
        Transcript transcript =
                run(
                        Map.of(
                                "HF_HUB_OFFLINE",
                                "1",
                                "ORTUNE_HOME",
                                folder + "/home",
                                "HF_HOME",
                                folder + "/hf"),
                        "--out",
                        out.toString());

        assertThat(transcript.exitCode()).as(transcript.err()).isZero();
        assertThat(transcript.err().lines()).singleElement().asString().contains("bge-small");
        assertThat(Manifest.read(out).source().base()).isEqualTo("BAAI/bge-small-en-v1.5");
        assertThat(Manifest.read(out).source().origin()).contains("bundled");
    }

    static Stream<List<String>> refusedOptions() {
        String tooManyLabels = "1001";
        return Stream.of(
                List.of("at least 1", "--lora-rank=0"),
                List.of("is larger than the layer", "--lora-rank=33"),
                List.of("q_lin, k_lin, v_lin, out_lin, lin1, lin2", "--target-modules=query"),
                List.of("NaN", "--lora-alpha=NaN"),
                List.of("Infinity", "--lora-alpha=Infinity"),
                List.of("float32", "--lora-alpha=1e300"),
                List.of("NaN", "--lora-dropout=NaN"),
                List.of("below 1", "--lora-dropout=1"),
                List.of("2 to 1000 labels", "--labels=1"),
                List.of("2 to 1000 labels", "--labels=" + tooManyLabels),
                List.of(
                        "2 to 1000 labels",
                        "--labels="
                                + IntStream.range(0, 1001)
                                        .mapToObj(index -> "l" + index)
                                        .collect(Collectors.joining(","))),
                List.of("not distinct", "--labels=a,b,a"),
                List.of("empty name", "--labels=a,,b"),
                List.of("do not fit", "--label-weights=1,2,3"),
                List.of("positive number", "--label-weights=1,NaN"),
                List.of("positive number", "--label-weights=1,-1"),
                List.of("single_label or multi_label", "--problem-type=regression"),
                List.of("up to 24", "--max-length=25"),
                List.of("2 to 24", "--max-length=1"),
                List.of("--lora-rank", "--lora-rank=four"),
                List.of("classifier", "--modules-to-save=head"),
                List.of("--nonsense", "--nonsense"));
    }

    @ParameterizedTest
    @MethodSource("refusedOptions")
    void anOptionThatMakesNoSenseIsRefusedByName(List<String> wordAndOption) {
        Transcript transcript = export(DISTILBERT, wordAndOption.get(1));

        assertRefused(transcript, wordAndOption.get(0));
    }

    @Test
    void aConfigurationOfAnotherArchitectureIsRefused() throws IOException {
        TinyBase base = tinyBase();
        base.changeConfig(config -> config.put("model_type", "gpt2"));

        assertRefused(export(base.directory()), "gpt2");
    }

    @Test
    void aConfigurationWhoseNumbersDoNotFitTheTensorsIsRefused() throws IOException {
        TinyBase base = tinyBase();
        base.changeConfig(config -> config.put("hidden_dim", 65));

        assertRefused(export(base.directory()), "where config.json asks for");
    }

    @Test
    void aConfigurationWithoutANumberIsRefused() throws IOException {
        TinyBase base = tinyBase();
        base.changeConfig(config -> config.remove("n_layers"));

        assertRefused(export(base.directory()), "n_layers");
    }

    @Test
    void aMissingTensorIsRefusedByName() throws IOException {
        TinyBase base = tinyBase();
        base.dropTensor("transformer.layer.1.ffn.lin1.weight");

        assertRefused(export(base.directory()), "transformer.layer.1.ffn.lin1.weight");
    }

    @Test
    void aSafetensorsHeaderThatLiesIsRefused() throws IOException {
        TinyBase base = tinyBase();
        base.lieInHeader();

        assertRefused(export(base.directory()), "model.safetensors");
    }

    @Test
    void aTruncatedSafetensorsFileIsRefused() throws IOException {
        TinyBase base = tinyBase();
        base.truncate();

        assertRefused(export(base.directory()), "model.safetensors");
    }

    @Test
    void aFolderThatIsNoModelIsRefused() throws IOException {
        assertRefused(export(Files.createDirectory(folder.resolve("empty"))), "config.json");
    }

    private TinyBase tinyBase() throws IOException {
        return TinyBase.copyOf("distilbert-tiny", folder.resolve("base"));
    }

    private Transcript export(Path base, String... options) {
        List<String> arguments =
                new ArrayList<>(List.of("--base", base.toString(), "--out", out.toString()));
        arguments.addAll(Arrays.asList(options));
        return run(Map.of(), arguments.toArray(String[]::new));
    }

    private static Transcript run(Map<String, String> environment, String... arguments) {
        return Transcript.of(console -> new ExportCommand(console, environment), arguments);
    }

    private void assertRefused(Transcript transcript, String word) {
        assertThat(transcript.exitCode()).as(transcript.err()).isEqualTo(2);
        assertThat(transcript.err()).contains("error: ", "  try: ", word);
        assertThat(transcript.out()).isEmpty();
        assertThat(folder.toFile().list())
                .as("nothing is left behind")
                .doesNotContain("artifacts")
                .noneMatch(name -> name.startsWith("."));
    }
}
