package dev.ortune.checkpoint;

import java.util.List;

/**
 * One tensor of a checkpoint.
 *
 * @param shape its shape, whose number of elements fits a long
 * @param values its values; reading them may be refused when its type is no float
 */
record StoredTensor(TensorShape shape, FloatValues values) {

    boolean isMatrix() {
        return shape.dimensions().size() == 2;
    }

    /** A matrix's transpose. */
    StoredTensor transposed() {
        List<Long> dimensions = shape.dimensions();
        long rows = dimensions.get(0);
        long columns = dimensions.get(1);
        return new StoredTensor(
                TensorShape.of(columns, rows), new TransposedFloats(values, rows, columns));
    }
}
