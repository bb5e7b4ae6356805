package dev.ortune.graph;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the eight-bit form of a base's linear weights stands, in a file beside the float32 ones.
 *
 * @param fileName the file's name, beside the graphs
 * @param modules by module name, in the order of the file
 */
public record QuantizedWeights(String fileName, Map<String, Location> modules) {

    /**
     * One layer in the file.
     *
     * @param weightOffset the first byte of W: int8 {@code [in, out]}, row-major, zero points 0
     * @param scaleOffset the first byte of the scales: little-endian float32 {@code [out]}
     */
    public record Location(long weightOffset, long scaleOffset) {}

    public QuantizedWeights {
        modules = Collections.unmodifiableMap(new LinkedHashMap<>(modules));
    }
}
