package dev.ortune.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.checkpoint.SafetensorsFile;
import dev.ortune.checkpoint.TensorShape;
import dev.ortune.checkpoint.TensorSource;
import dev.ortune.dataset.MultiLabelTarget;
import dev.ortune.dataset.SingleLabelTarget;
import dev.ortune.dataset.Target;
import dev.ortune.graph.ClassifierGraphs;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.LoraOptions;
import dev.ortune.graph.ProblemType;
import dev.ortune.graph.TrainableParameter;
import dev.ortune.ort.HostTensor;
import dev.ortune.ort.TextBatch;
import dev.ortune.train.TokenizedExample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One training case computed by PyTorch and PEFT: tools/oracle/README.md says what each file holds. */
public record GoldenCase(String name, JsonNode json) {

    private static final Path FOLDER = Path.of("test/resources/golden");

    /** All cases. */
    public static Stream<GoldenCase> all() {
        try (Stream<Path> files = Files.list(FOLDER.resolve("cases"))) {
            return files
                    .filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList()
                    .stream()
                    .map(GoldenCase::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A case by name. */
    public static GoldenCase named(String name) {
        return read(FOLDER.resolve("cases").resolve(name + ".json"));
    }

    /** The folder of a golden base. */
    public static Path base(String name) {
        return FOLDER.resolve("bases").resolve(name);
    }

    private static GoldenCase read(Path file) {
        try {
            return new GoldenCase(
                    file.getFileName().toString().replace(".json", ""),
                    new ObjectMapper().readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The case's base. */
    public Path base() {
        return base(json.path("base").asText());
    }

    /** The options that make ours the same model. */
    public ClassifierOptions options() {
        ProblemType problemType =
                json.path("problem_type").asText().equals("single_label")
                        ? ProblemType.SINGLE_LABEL
                        : ProblemType.MULTI_LABEL;
        JsonNode weights =
                problemType == ProblemType.SINGLE_LABEL
                        ? json.path("class_weights")
                        : json.path("pos_weight");
        Set<String> modulesToSave = new HashSet<>();
        json.path("modules_to_save").forEach(module -> modulesToSave.add(module.asText()));
        modulesToSave.retainAll(Set.of("pooler"));
        return new ClassifierOptions(
                new LoraOptions(
                        json.path("lora_rank").asInt(),
                        json.path("lora_alpha").asDouble(),
                        0,
                        texts(json.path("target_modules"))),
                IntStream.range(0, json.path("num_labels").asInt())
                        .mapToObj(i -> "label" + i)
                        .toList(),
                problemType,
                weights.isNull() || weights.isMissingNode()
                        ? Optional.empty()
                        : Optional.of(floats(weights)),
                true,
                modulesToSave);
    }

    /** A batch's text inputs and labels. */
    public Map<String, HostTensor> batch(int index) {
        List<TokenizedExample> examples = examples(index);
        Map<String, HostTensor> inputs =
                new LinkedHashMap<>(
                        TextBatch.of(examples.stream().map(TokenizedExample::tokens).toList()));
        inputs.put(ClassifierGraphs.LABELS, labels(json.path("batches").path(index)));
        return inputs;
    }

    /** A batch's texts and labels. */
    public List<TokenizedExample> examples(int index) {
        JsonNode batch = json.path("batches").path(index);
        List<TokenizedExample> examples = new ArrayList<>();
        for (JsonNode ids : batch.path("input_ids")) {
            long[] text = new long[ids.size()];
            for (int i = 0; i < text.length; i++) {
                text[i] = ids.get(i).asLong();
            }
            examples.add(
                    new TokenizedExample(text, target(batch.path("labels").get(examples.size()))));
        }
        return examples;
    }

    private static Target target(JsonNode label) {
        if (!label.isArray()) {
            return new SingleLabelTarget(label.asInt());
        }
        return new MultiLabelTarget(
                IntStream.range(0, label.size())
                        .filter(i -> label.get(i).asDouble() == 1)
                        .boxed()
                        .toList(),
                label.size());
    }

    private HostTensor labels(JsonNode batch) {
        JsonNode labels = batch.path("labels");
        if (json.path("problem_type").asText().equals("single_label")) {
            long[] values = new long[labels.size()];
            for (int i = 0; i < values.length; i++) {
                values[i] = labels.get(i).asLong();
            }
            return new HostTensor.Longs(TensorShape.of(values.length), values);
        }
        int labelCount = json.path("num_labels").asInt();
        float[] values = new float[labels.size() * labelCount];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) labels.get(i / labelCount).get(i % labelCount).asDouble();
        }
        return new HostTensor.Floats(TensorShape.of(labels.size(), labelCount), values);
    }

    /** The number of batches. */
    public int batchCount() {
        return json.path("batches").size();
    }

    /** Golden tensors by prefix, e.g. {@code initial/}, for the given parameters. */
    public List<FloatTensor> tensors(String prefix, List<TrainableParameter> parameters) {
        try (TensorSource source = tensorFile()) {
            return parameters.stream()
                    .map(
                            parameter ->
                                    new FloatTensor(
                                            parameter.name(),
                                            parameter.shape(),
                                            source.read(prefix + parameter.name()).values()))
                    .toList();
        }
    }

    /** One golden tensor's values. */
    public float[] values(String name) {
        try (TensorSource source = tensorFile()) {
            return source.read(name).values();
        }
    }

    private TensorSource tensorFile() {
        return SafetensorsFile.open(FOLDER.resolve("cases").resolve(name + ".safetensors"));
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(node -> texts.add(node.asText()));
        return texts;
    }

    private static List<Float> floats(JsonNode array) {
        List<Float> values = new ArrayList<>();
        array.forEach(node -> values.add((float) node.asDouble()));
        return values;
    }

    @Override
    public String toString() {
        return name;
    }
}
