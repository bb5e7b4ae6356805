package dev.ortune.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.LoraOptions;
import dev.ortune.graph.ProblemType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The oracle's training cases, as far as graphs and counts go: the service's tests train them. */
public record Golden(String name, JsonNode json) {

    private static final Path FOLDER = Path.of("../src/test/resources/golden");

    /** All cases. */
    public static Stream<Golden> cases() {
        try (Stream<Path> files = Files.list(FOLDER.resolve("cases"))) {
            return files
                    .filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList()
                    .stream()
                    .map(Golden::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder of a base. */
    public static Path base(String name) {
        return FOLDER.resolve("bases").resolve(name);
    }

    /** The case's base. */
    public Path base() {
        return base(json.path("base").asText());
    }

    /** The case's options, with every dropout on: the graphs are then at their largest. */
    public ClassifierOptions options() {
        boolean singleLabel = json.path("problem_type").asText().equals("single_label");
        JsonNode weights = json.path(singleLabel ? "class_weights" : "pos_weight");
        List<String> toSave = texts(json.path("modules_to_save"));
        return new ClassifierOptions(
                new LoraOptions(
                        json.path("lora_rank").asInt(),
                        json.path("lora_alpha").asDouble(),
                        0.01,
                        texts(json.path("target_modules"))),
                IntStream.range(0, json.path("num_labels").asInt())
                        .mapToObj(index -> "label" + index)
                        .toList(),
                singleLabel ? ProblemType.SINGLE_LABEL : ProblemType.MULTI_LABEL,
                weights.isArray()
                        ? Optional.of(
                                stream(weights).map(weight -> (float) weight.asDouble()).toList())
                        : Optional.empty(),
                true,
                toSave.contains("pooler") ? Set.of("pooler") : Set.of());
    }

    private static Golden read(Path file) {
        try {
            return new Golden(
                    file.getFileName().toString().replace(".json", ""),
                    new ObjectMapper().readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> texts(JsonNode array) {
        return stream(array).map(JsonNode::asText).toList();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    @Override
    public String toString() {
        return name;
    }
}
