package dev.ortune.graph;

import dev.ortune.checkpoint.TensorShape;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where each of a base's weights stands in the shared external-data file.
 *
 * @param fileName the file's name, beside the graphs
 * @param tensors by name, in the order of the file
 */
public record FrozenWeights(String fileName, Map<String, Location> tensors) {

    /**
     * One tensor in the file: little-endian float32, row-major.
     *
     * @param shape its shape
     * @param offset its first byte
     */
    public record Location(TensorShape shape, long offset) {}

    public FrozenWeights {
        tensors = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    }

    /** Whether the base has this tensor in this shape. */
    public boolean has(String name, TensorShape shape) {
        Location location = tensors.get(name);
        return location != null && location.shape().equals(shape);
    }

    /**
     * A tensor's place.
     *
     * @throws InvalidInputException {@code BASE_MISSING_TENSOR} when the base lacks it
     */
    public Location location(String name) {
        Location location = tensors.get(name);
        if (location == null) {
            throw new InvalidInputException(
                    ErrorCode.BASE_MISSING_TENSOR,
                    "The base has no tensor \"" + name + "\".",
                    "Use a complete checkpoint of a supported family.");
        }
        return location;
    }
}
