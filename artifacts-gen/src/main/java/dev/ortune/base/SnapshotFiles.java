package dev.ortune.base;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Which files of a repository make a base model. */
final class SnapshotFiles {

    static final String CONFIG = "config.json";
    static final String WEIGHTS = "model.safetensors";
    static final String WEIGHTS_INDEX = "model.safetensors.index.json";
    static final String ONNX_WEIGHTS = "onnx/model.onnx";
    static final String TOKENIZER = "tokenizer.json";
    static final String VOCABULARY = "vocab.txt";

    private static final List<String> SMALL_FILES =
            List.of(
                    CONFIG,
                    TOKENIZER,
                    "tokenizer_config.json",
                    VOCABULARY,
                    "special_tokens_map.json");

    /** One file beside the index: no folders, no way out of the snapshot. */
    private static final Pattern SHARD =
            Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]*\\.safetensors");

    private final ObjectMapper mapper = new ObjectMapper();

    /** The files but the weights. */
    List<String> smallFiles(Set<String> offered) throws HubException {
        if (!offered.contains(CONFIG)) {
            throw new HubException(HubException.Kind.INCOMPLETE, "it has no " + CONFIG);
        }
        if (!offered.contains(TOKENIZER) && !offered.contains(VOCABULARY)) {
            throw new HubException(
                    HubException.Kind.INCOMPLETE,
                    "it has neither " + TOKENIZER + " nor " + VOCABULARY);
        }
        return SMALL_FILES.stream().filter(offered::contains).toList();
    }

    /** The file of the weights, or of the index that names their shards. */
    String weights(Set<String> offered) throws HubException {
        for (String file : List.of(WEIGHTS, WEIGHTS_INDEX, ONNX_WEIGHTS)) {
            if (offered.contains(file)) {
                return file;
            }
        }
        throw new HubException(
                HubException.Kind.INCOMPLETE, "it has neither " + WEIGHTS + " nor " + ONNX_WEIGHTS);
    }

    /** The shards that {@code model.safetensors.index.json} names; empty when it is malformed. */
    Optional<List<String>> shards(Path index) {
        Set<String> shards = new TreeSet<>();
        try {
            for (JsonNode file : mapper.readTree(index.toFile()).path("weight_map")) {
                if (!SHARD.matcher(file.asText()).matches()) {
                    return Optional.empty();
                }
                shards.add(file.asText());
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return shards.isEmpty() ? Optional.empty() : Optional.of(new ArrayList<>(shards));
    }

    /** Whether a folder holds configuration, tokenizer and all weights. */
    boolean isComplete(Path folder) {
        return has(folder, CONFIG)
                && (has(folder, TOKENIZER) || has(folder, VOCABULARY))
                && hasWeights(folder);
    }

    private boolean hasWeights(Path folder) {
        if (has(folder, WEIGHTS) || has(folder, ONNX_WEIGHTS)) {
            return true;
        }
        return shards(folder.resolve(WEIGHTS_INDEX))
                .map(names -> names.stream().allMatch(name -> has(folder, name)))
                .orElse(false);
    }

    private static boolean has(Path folder, String file) {
        return Files.isRegularFile(folder.resolve(file));
    }
}
