package dev.ortune.dataset;

/**
 * The one right class.
 *
 * @param classIndex into {@link LabelSet#names()}
 */
public record SingleLabelTarget(int classIndex) implements Target {
    public SingleLabelTarget {
        if (classIndex < 0) {
            throw new IllegalArgumentException("class index " + classIndex);
        }
    }
}
