package dev.ortune.checkpoint;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The dimensions of a dense row-major tensor; empty for a scalar.
 *
 * @param dimensions sizes, outermost first, none negative
 */
public record TensorShape(List<Long> dimensions) {

    public TensorShape {
        dimensions = List.copyOf(dimensions);
        for (long dimension : dimensions) {
            if (dimension < 0) {
                throw new IllegalArgumentException("negative dimension in " + dimensions);
            }
        }
    }

    /** A shape from its sizes. */
    public static TensorShape of(long... dimensions) {
        return new TensorShape(java.util.Arrays.stream(dimensions).boxed().toList());
    }

    /**
     * The number of elements.
     *
     * @throws ArithmeticException when it does not fit a long
     */
    public long elements() {
        long product = 1;
        for (long dimension : dimensions) {
            product = Math.multiplyExact(product, dimension);
        }
        return product;
    }

    /** The sizes as an array. */
    public long[] toArray() {
        long[] sizes = new long[dimensions.size()];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = dimensions.get(i);
        }
        return sizes;
    }

    /** As in {@code [4, 768]}. */
    @Override
    public String toString() {
        return dimensions.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]"));
    }
}
