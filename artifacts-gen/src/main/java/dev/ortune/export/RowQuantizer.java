package dev.ortune.export;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;

/**
 * Symmetric quantization to eight bits, row by row: {@code q = round(w / scale)} with {@code scale =
 * max|w| / 127}, halves to even, so that {@code |w - scale · q| <= scale / 2} and 0 stays 0.
 */
final class RowQuantizer {

    private static final int LARGEST = 127;

    private RowQuantizer() {}

    /**
     * Quantizes one row.
     *
     * @param row the values
     * @param target receives the value of index i at {@code first + i * stride}
     * @return the scale; 1 for a row that is as good as zero
     * @throws InvalidInputException {@code BASE_CONFIG} for a value that is no finite number
     */
    static float quantize(float[] row, byte[] target, int first, int stride) {
        float scale = largest(row) / LARGEST;
        boolean zero = scale < Float.MIN_NORMAL;
        for (int index = 0; index < row.length; index++) {
            long nearest = zero ? 0 : Math.round(Math.rint((double) row[index] / scale));
            // The scale is rounded too: the largest value may come out a little beyond.
            target[first + index * stride] = (byte) Math.max(-LARGEST, Math.min(LARGEST, nearest));
        }
        return zero ? 1 : scale;
    }

    private static float largest(float[] row) {
        float largest = 0;
        for (float value : row) {
            if (!Float.isFinite(value)) {
                throw new InvalidInputException(
                        ErrorCode.BASE_CONFIG,
                        "The base's weights hold " + value + ", which eight bits cannot express.",
                        "Use an undamaged checkpoint, or float32.");
            }
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
