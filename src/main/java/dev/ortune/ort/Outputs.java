package dev.ortune.ort;

import java.util.LinkedHashMap;
import java.util.Map;

/** The float32 outputs of one run, by name. */
public final class Outputs {

    private final Map<String, float[]> values;

    Outputs(Map<String, float[]> values) {
        this.values = new LinkedHashMap<>(values);
    }

    /** An output's values, row-major. */
    public float[] floats(String name) {
        float[] found = values.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no output " + name + " in " + values.keySet());
        }
        return found;
    }

    /** A scalar output. */
    public float scalar(String name) {
        return floats(name)[0];
    }
}
