package dev.ortune.checkpoint;

import java.util.Arrays;
import java.util.Objects;

/**
 * A small named float32 tensor held in memory: a trainable parameter, a gradient, a moment.
 *
 * @param name the parameter's name in the model, e.g. {@code classifier.weight}
 * @param shape its shape
 * @param values row-major values, owned by this record: not to be changed by others
 */
public record FloatTensor(String name, TensorShape shape, float[] values) {

    public FloatTensor {
        Objects.requireNonNull(name, "name");
        if (shape.elements() != values.length) {
            throw new IllegalArgumentException(
                    name + ": shape " + shape + " does not hold " + values.length + " values");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FloatTensor that
                && name.equals(that.name)
                && shape.equals(that.shape)
                && Arrays.equals(values, that.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, shape, Arrays.hashCode(values));
    }
}
