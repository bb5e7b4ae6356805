package dev.ortune.checkpoint;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The checked header of a safetensors file.
 *
 * @param dataStart position in the file of the first byte after the header
 * @param tensors the tensors by name
 * @param metadata the free-form {@code __metadata__}
 */
record SafetensorsHeader(
        long dataStart, SortedMap<String, Entry> tensors, Map<String, String> metadata) {

    /**
     * One tensor.
     *
     * @param type its element type
     * @param shape its shape
     * @param begin its first byte, counted from {@code dataStart}
     * @param end the byte after its last
     */
    record Entry(SafetensorsType type, TensorShape shape, long begin, long end) {}

    SafetensorsHeader {
        tensors = Collections.unmodifiableSortedMap(new TreeMap<>(tensors));
        metadata = Map.copyOf(metadata);
    }
}
