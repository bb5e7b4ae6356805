package dev.ortune.evaluation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;

/** Counts of examples, [labels, labels]: rows are the right labels, columns the answers. */
public final class ConfusionMatrix {

    private final long[][] counts;

    /**
     * @param counts square
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public ConfusionMatrix(long[][] counts) {
        this.counts = copy(counts);
        for (long[] row : this.counts) {
            if (row.length != counts.length) {
                throw new IllegalArgumentException(
                        "a row of " + row.length + " in a matrix of " + counts.length);
            }
        }
    }

    /** The examples of one label that got one answer. */
    public long count(int label, int answer) {
        return counts[label][answer];
    }

    /** A copy, row by row; its JSON form. */
    @JsonValue
    public long[][] counts() {
        return copy(counts);
    }

    private static long[][] copy(long[][] rows) {
        return Arrays.stream(rows).map(long[]::clone).toArray(long[][]::new);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ConfusionMatrix that && Arrays.deepEquals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(counts);
    }

    @Override
    public String toString() {
        return Arrays.deepToString(counts);
    }
}
