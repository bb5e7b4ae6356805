package dev.ortune.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A checkpoint cut into several safetensors files, as {@code model.safetensors.index.json}
 * describes: its {@code weight_map} gives each tensor's file, in the same folder.
 */
public final class ShardedSafetensors implements TensorSource {

    private final Path index;
    private final SortedMap<String, String> shardNames;
    private final Map<String, SafetensorsFile> shards;

    private ShardedSafetensors(
            Path index, SortedMap<String, String> shardNames, Map<String, SafetensorsFile> shards) {
        this.index = index;
        this.shardNames = shardNames;
        this.shards = shards;
    }

    /**
     * Maps every shard of an index.
     *
     * @throws InvalidInputException {@code BASE_NOT_FOUND} when the index or a shard is missing,
     *     {@code SAFETENSORS_FORMAT} when the index is malformed, names a file outside its folder,
     *     or promises a tensor that its shard lacks
     */
    public static ShardedSafetensors open(Path index) {
        SortedMap<String, String> shardNames = readWeightMap(index);
        SortedMap<String, SafetensorsFile> shards = new TreeMap<>();
        for (String shardName : new TreeSet<>(shardNames.values())) {
            shards.put(shardName, SafetensorsFile.open(shardPath(index, shardName)));
        }
        requireEveryTensor(index, shardNames, shards);
        return new ShardedSafetensors(index, shardNames, Collections.unmodifiableSortedMap(shards));
    }

    /** The index and the shards. */
    public List<Path> files() {
        List<Path> files = new ArrayList<>();
        files.add(index);
        shards.keySet().forEach(shardName -> files.add(index.resolveSibling(shardName)));
        return List.copyOf(files);
    }

    @Override
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(shardNames.keySet()));
    }

    @Override
    public TensorShape shape(String name) {
        return shardOf(name).shape(name);
    }

    @Override
    public void writeFloat32(String name, OutputStream out) throws IOException {
        shardOf(name).writeFloat32(name, out);
    }

    @Override
    public FloatTensor read(String name) {
        return shardOf(name).read(name);
    }

    @Override
    public void close() {
        shards.values().forEach(SafetensorsFile::close);
    }

    private SafetensorsFile shardOf(String name) {
        if (!shardNames.containsKey(name)) {
            throw TensorCatalog.missing(index, name, shardNames.size());
        }
        return shards.get(shardNames.get(name));
    }

    private static SortedMap<String, String> readWeightMap(Path index) {
        JsonNode root =
                JsonFiles.readObject(
                        index, (reason, cause) -> SafetensorsFault.inFile(index, reason, cause));
        JsonNode weightMap = root.path("weight_map");
        if (!weightMap.isObject() || weightMap.isEmpty()) {
            throw SafetensorsFault.inFile(index, "it has no weight_map");
        }
        SortedMap<String, String> shardNames = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : weightMap.properties()) {
            if (!entry.getValue().isTextual()) {
                throw SafetensorsFault.inTensor(
                        index, entry.getKey(), "its file in weight_map is not a string");
            }
            shardNames.put(entry.getKey(), entry.getValue().textValue());
        }
        return shardNames;
    }

    private static Path shardPath(Path index, String shardName) {
        Path shard;
        try {
            shard = index.resolveSibling(shardName);
        } catch (InvalidPathException e) {
            throw SafetensorsFault.inFile(index, "'" + shardName + "' is no file name", e);
        }
        boolean plainName =
                !shardName.contains("/")
                        && !shardName.contains("\\")
                        && !Set.of("", ".", "..").contains(shardName);
        if (!plainName) {
            throw SafetensorsFault.inFile(
                    index,
                    "the shard '" + shardName + "' is not a plain file name in the same folder");
        }
        if (!Files.isRegularFile(shard)) {
            throw new InvalidInputException(
                    ErrorCode.BASE_NOT_FOUND,
                    "The shard " + shard + ", named by " + index + ", is missing.",
                    "Download every shard that the index names into the same folder.");
        }
        return shard;
    }

    private static void requireEveryTensor(
            Path index, SortedMap<String, String> shardNames, Map<String, SafetensorsFile> shards) {
        Map<String, SortedSet<String>> present = new TreeMap<>();
        shards.forEach((shardName, shard) -> present.put(shardName, shard.names()));
        shardNames.forEach(
                (name, shardName) -> {
                    if (!present.get(shardName).contains(name)) {
                        throw SafetensorsFault.inTensor(
                                index,
                                name,
                                "weight_map places it in " + shardName + ", which lacks it");
                    }
                });
    }
}
