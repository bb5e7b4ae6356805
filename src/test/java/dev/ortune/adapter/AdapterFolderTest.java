package dev.ortune.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.checkpoint.SafetensorsWriter;
import dev.ortune.checkpoint.TensorShape;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.error.OrtuneException;
import dev.ortune.export.PreparedBase;
import dev.ortune.golden.GoldenCase;
import dev.ortune.graph.AdapterPlan;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.ProblemType;
import dev.ortune.tokenizer.TruncationSide;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdapterFolderTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @TempDir private Path folder;

    @Test
    void anAdapterByPeftIsRead() {
        StoredAdapter stored = AdapterFolder.read(golden("peft-distilbert"));

        assertThat(stored.adapter().config())
                .isEqualTo(
                        new AdapterConfig(
                                "distilbert-tiny",
                                4,
                                32,
                                0,
                                List.of("q_lin", "v_lin"),
                                List.of("classifier", "score")));
        assertThat(stored.adapter().labels())
                .isEqualTo(
                        new LabelScheme(
                                List.of("negative", "neutral", "positive"),
                                ProblemType.SINGLE_LABEL));
        assertThat(stored.limits()).isEqualTo(TextLimits.DEFAULTS);
        assertThat(stored.tokenizer()).isEmpty();
        assertThat(stored.provenance()).isEmpty();
    }

    @Test
    void anAdapterWithoutConfigJsonHasUnnamedLabelsAndItsSavedPoolerIsTrained() {
        Adapter adapter = AdapterFolder.read(golden("peft-bert-no-pooler")).adapter();

        assertThat(adapter.labels().labels()).containsExactly("LABEL_0", "LABEL_1");
        PreparedBase base = base("bert-tiny");
        assertThat(adapter.toOptions(base.model()).modulesToSave()).containsExactly("pooler");
    }

    @ParameterizedTest
    @ValueSource(strings = {"peft-distilbert", "peft-bert-no-pooler"})
    void theWeightsFileIsByteForByteThatOfPeft(String name) throws IOException {
        Adapter adapter = AdapterFolder.read(golden(name)).adapter();
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        AdapterTensors.write(written, adapter.parameters());

        assertThat(written.toByteArray())
                .isEqualTo(Files.readAllBytes(golden(name).resolve(AdapterTensors.NAME)));
    }

    @Test
    void theWrittenFolderIsTheOneThatPeftWasSeenToLoad() throws IOException {
        // Stays under target/ for tools/oracle/README.md, which says how to renew the golden one.
        Path target = Path.of("target/golden/ortune-distilbert-" + System.nanoTime());
        AdapterFolder.write(target, GoldenAdapter.made(base("distilbert-tiny"), "distilbert-tiny"));

        Path golden = golden("ortune-distilbert");
        assertThat(names(target)).isEqualTo(without(names(golden), "expected.json"));
        for (String name : names(target)) {
            assertThat(target.resolve(name)).hasSameBinaryContentAs(golden.resolve(name));
        }
    }

    @Test
    void whatWasWrittenIsReadBack() {
        PreparedBase base = base("distilbert-tiny");
        NewAdapter made = GoldenAdapter.made(base, "distilbert-tiny");
        Path target = folder.resolve("a/b/out");
        AdapterFolder.write(target, made);
        StoredAdapter stored = AdapterFolder.read(target);

        assertThat(stored.adapter().config()).isEqualTo(made.adapter().config());
        assertThat(stored.adapter().labels()).isEqualTo(made.adapter().labels());
        assertThat(stored.adapter().parameters())
                .containsExactlyInAnyOrderElementsOf(made.adapter().parameters());
        assertThat(stored.limits())
                .isEqualTo(new TextLimits(OptionalInt.of(20), TruncationSide.LEFT));
        assertThat(stored.tokenizer()).contains(target.resolve("tokenizer.json"));
        assertThat(stored.provenance()).contains(made.provenance());
        assertThat(Provenance.weightsSha256(base)).matches("[0-9a-f]{64}");

        ClassifierOptions options = stored.adapter().toOptions(base.model());
        AdapterPlan plan = base.graphs(options).plan();
        assertThat(stored.adapter().parametersFor(plan))
                .containsExactlyElementsOf(made.adapter().parameters());
    }

    @Test
    void aTargetInTheWayIsRefusedAndKept() throws IOException {
        Files.writeString(folder.resolve("mine.txt"), "mine");
        NewAdapter made = GoldenAdapter.made(base("distilbert-tiny"), "distilbert-tiny");

        assertThatThrownBy(() -> AdapterFolder.write(folder, made))
                .isInstanceOfSatisfying(
                        OrtuneException.class,
                        fault -> assertThat(fault.code()).isEqualTo(ErrorCode.OUTPUT_EXISTS));
        assertThat(folder.resolve("mine.txt")).hasContent("mine");
    }

    @Test
    void anEmptyFolderIsFilled() throws IOException {
        Path target = Files.createDirectory(folder.resolve("empty"));
        AdapterFolder.write(target, GoldenAdapter.made(base("distilbert-tiny"), "distilbert-tiny"));
        assertThat(AdapterFolder.isAdapter(target)).isTrue();
    }

    @Test
    void aFailedWriteLeavesNothingBehind() throws IOException {
        Path parent = Files.createDirectory(folder.resolve("parent"));
        NewAdapter made = GoldenAdapter.made(base("distilbert-tiny"), "distilbert-tiny");
        Files.delete(made.base().tokenizerFile());

        assertThatThrownBy(() -> AdapterFolder.write(parent.resolve("out"), made))
                .isInstanceOf(OrtuneException.class);
        assertThat(parent).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "peft_type;\"IA3\"",
                "peft_type;null",
                "task_type;\"CAUSAL_LM\"",
                "bias;\"all\"",
                "use_dora;true",
                "fan_in_fan_out;true",
                "rank_pattern;{\"q_lin\":8}",
                "alpha_pattern;{\"q_lin\":8}",
                "layers_to_transform;[0]",
                "layers_to_transform;0",
                "lora_bias;true",
                "r;0",
                "r;\"four\"",
                "r;null",
                "lora_alpha;\"x\"",
                "lora_alpha;-1",
                "target_modules;[]",
                "target_modules;null",
                "target_modules;[1]",
                "target_modules;\"k_lin\"",
                "target_modules;\"(\"",
                "modules_to_save;\"classifier\"",
            })
    void anOptionThatWouldChangeTheModelIsRefusedByName(String field, String value)
            throws IOException {
        copy("peft-distilbert");
        set(AdapterConfigFile.NAME, field, value);
        assertRefused(ErrorCode.ADAPTER_FORMAT, "\"" + field + "\"");
    }

    @Test
    void aMinimalConfigurationIsEnough() throws IOException {
        copy("peft-distilbert");
        Files.writeString(
                folder.resolve(AdapterConfigFile.NAME),
                "{\"peft_type\":\"LORA\",\"r\":4,\"target_modules\":[\"q_lin\",\"v_lin\"]}");
        AdapterConfig config = AdapterFolder.read(folder).adapter().config();
        assertThat(config.alpha()).isEqualTo(8);
        assertThat(config.baseModel()).isEmpty();
    }

    @Test
    void rankStabilizedScalingBecomesTheAlphaThatGivesIt() throws IOException {
        copy("peft-distilbert");
        set(AdapterConfigFile.NAME, "use_rslora", "true");
        // alpha 32, r 4: scaling 32 / sqrt(4) = 16 = alpha' / 4.
        assertThat(AdapterFolder.read(folder).adapter().config().alpha()).isEqualTo(64);
    }

    @Test
    void aRegularExpressionNamesTheModulesThatItMatches() throws IOException {
        copy("peft-distilbert");
        set(AdapterConfigFile.NAME, "target_modules", "\".*\\\\.(q|v)_lin\"");
        Adapter adapter = AdapterFolder.read(folder).adapter();
        assertThat(adapter.config().targetModules())
                .hasSize(6)
                .contains("distilbert.transformer.layer.2.attention.v_lin");
        PreparedBase base = base("distilbert-tiny");
        AdapterPlan plan = base.graphs(adapter.toOptions(base.model())).plan();
        assertThat(adapter.parametersFor(plan)).hasSize(16);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"0\":\"a\",\"1\":\"b\"}",
                "{\"0\":\"a\",\"1\":\"b\",\"2\":\"b\"}",
                "{\"0\":\"a\",\"1\":\"b\",\"3\":\"c\"}",
                "[]"
            })
    void labelsThatDoNotFitTheClassifierAreRefused(String labels) throws IOException {
        copy("peft-distilbert");
        set("config.json", "id2label", labels);
        assertRefused(ErrorCode.ADAPTER_FORMAT, "id2label");
    }

    @Test
    void severalLabelsPerTextAreReadFromTheProblemType() throws IOException {
        copy("peft-distilbert");
        set("config.json", "problem_type", "\"multi_label_classification\"");
        assertThat(AdapterFolder.read(folder).adapter().labels().problemType())
                .isEqualTo(ProblemType.MULTI_LABEL);
    }

    @Test
    void aRegressionIsRefused() throws IOException {
        copy("peft-distilbert");
        set("config.json", "problem_type", "\"regression\"");
        assertRefused(ErrorCode.ADAPTER_FORMAT, "problem_type");
    }

    @Test
    void aMissingTensorIsNamed() throws IOException {
        String name = "distilbert.transformer.layer.1.attention.q_lin.lora_B.weight";
        copyWithTensors(tensors -> tensors.removeIf(tensor -> tensor.name().equals(name)));
        assertMismatch("lacks the tensor " + name);
    }

    @Test
    void anExtraTensorIsNamed() throws IOException {
        copyWithTensors(
                tensors ->
                        tensors.add(
                                new FloatTensor("score.weight", TensorShape.of(1), new float[1])));
        assertMismatch("the tensor score.weight, which has no place");
    }

    @Test
    void aTensorOfAnotherShapeIsNamedWithBothShapes() throws IOException {
        copyWithTensors(
                tensors -> {
                    tensors.removeIf(tensor -> tensor.name().equals("pre_classifier.bias"));
                    tensors.add(
                            new FloatTensor(
                                    "pre_classifier.bias", TensorShape.of(2), new float[2]));
                });
        assertMismatch("pre_classifier.bias is [2], the model's [32]");
    }

    @Test
    void aTensorThatIsNoNumberIsNamed() throws IOException {
        copyWithTensors(tensors -> tensors.get(0).values()[0] = Float.NaN);
        assertRefused(ErrorCode.ADAPTER_FORMAT, "classifier.bias");
    }

    @Test
    void aFolderThatIsNoAdapterIsRefused() {
        assertRefused(ErrorCode.ADAPTER_FORMAT, "it has no adapter_config.json");
    }

    @Test
    void pickledWeightsAreRefusedWithARemedy() throws IOException {
        copy("peft-distilbert");
        Files.move(folder.resolve(AdapterTensors.NAME), folder.resolve("adapter_model.bin"));
        assertRefused(ErrorCode.ADAPTER_FORMAT, "adapter_model.bin");
    }

    @Test
    void provenanceOfALaterFormatIsRefused() throws IOException {
        copy("ortune-distilbert");
        set("ortune.json", "formatVersion", "2");
        assertRefused(ErrorCode.ADAPTER_FORMAT, "its format is 2");
    }

    private interface Change {
        void apply(List<FloatTensor> tensors);
    }

    private void copyWithTensors(Change change) throws IOException {
        copy("peft-distilbert");
        List<FloatTensor> tensors =
                new ArrayList<>(AdapterFolder.read(folder).adapter().parameters());
        change.apply(tensors);
        List<FloatTensor> prefixed =
                tensors.stream()
                        .map(
                                tensor ->
                                        new FloatTensor(
                                                "base_model.model." + tensor.name(),
                                                tensor.shape(),
                                                tensor.values()))
                        .toList();
        SafetensorsWriter.write(folder.resolve(AdapterTensors.NAME), prefixed);
    }

    private void assertMismatch(String message) {
        Adapter adapter = AdapterFolder.read(folder).adapter();
        PreparedBase base = base("distilbert-tiny");
        AdapterPlan plan = base.graphs(adapter.toOptions(base.model())).plan();
        assertThatThrownBy(() -> adapter.parametersFor(plan))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        fault -> assertThat(fault.code()).isEqualTo(ErrorCode.ADAPTER_MISMATCH))
                .hasMessageContaining(message);
    }

    private void assertRefused(ErrorCode code, String message) {
        assertThatThrownBy(() -> AdapterFolder.read(folder))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        fault -> assertThat(fault.code()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    private void copy(String name) throws IOException {
        try (Stream<Path> files = Files.list(golden(name))) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        folder.resolve(file.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private void set(String file, String field, String value) throws IOException {
        Path path = folder.resolve(file);
        ObjectNode json = (ObjectNode) MAPPER.readTree(path.toFile());
        json.set(field, MAPPER.readTree(value));
        Files.write(path, MAPPER.writeValueAsBytes(json));
    }

    private PreparedBase base(String name) {
        return PreparedBase.create(name, GoldenCase.base(name), folder.resolve("base-" + name));
    }

    private static Path golden(String name) {
        return GoldenAdapter.named(name).folder();
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static List<String> without(List<String> names, String name) {
        return names.stream().filter(other -> !other.equals(name)).toList();
    }
}
