package dev.ortune.checkpoint;

import java.util.Map;

/**
 * Named values that travel in a checkpoint.
 *
 * @param integers 64-bit integers by name
 * @param floats float32 values by name
 * @param strings strings by name
 */
public record PropertyBag(
        Map<String, Long> integers, Map<String, Float> floats, Map<String, String> strings) {

    /** No properties. */
    public static final PropertyBag EMPTY = new PropertyBag(Map.of(), Map.of(), Map.of());

    public PropertyBag {
        integers = Map.copyOf(integers);
        floats = Map.copyOf(floats);
        strings = Map.copyOf(strings);
    }

    boolean isEmpty() {
        return integers.isEmpty() && floats.isEmpty() && strings.isEmpty();
    }
}
