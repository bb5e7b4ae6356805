package dev.ortune.dataset;

import java.util.List;

/**
 * The labels that apply.
 *
 * @param labelIndices into {@link LabelSet#names()}: ascending, distinct, perhaps none
 * @param labelCount the size of the label set
 */
public record MultiLabelTarget(List<Integer> labelIndices, int labelCount) implements Target {

    public MultiLabelTarget {
        labelIndices = labelIndices.stream().distinct().sorted().toList();
        if (!labelIndices.isEmpty()
                && (labelIndices.get(0) < 0
                        || labelIndices.get(labelIndices.size() - 1) >= labelCount)) {
            throw new IllegalArgumentException(labelIndices + " of " + labelCount + " labels");
        }
    }

    /** One flag per label. */
    public boolean[] flags() {
        boolean[] flags = new boolean[labelCount];
        labelIndices.forEach(index -> flags[index] = true);
        return flags;
    }
}
