package dev.ortune.serve;

import dev.ortune.adapter.LabelScheme;
import java.util.List;

/**
 * One text's answer from its windows: probabilities and logits are averaged, each window by its
 * tokens, since the last one may hold but a few. For use under its call's lock.
 */
final class WindowPool {

    private final List<int[]> windows;
    private final float[][] logits;
    private int missing;

    WindowPool(List<int[]> windows) {
        this.windows = windows;
        this.logits = new float[windows.size()][];
        this.missing = windows.size();
    }

    /** Adds a window's logits; true when it was the last one. */
    boolean add(int window, float[] windowLogits) {
        logits[window] = windowLogits;
        missing--;
        return missing == 0;
    }

    /** The answer, once nothing is missing. */
    Classification classification(LabelScheme labels) {
        Classification first = Classification.of(logits[0], labels);
        if (windows.size() == 1) {
            return first;
        }
        int labelCount = labels.labels().size();
        double[] probabilities = new double[labelCount];
        float[] meanLogits = new float[labelCount];
        double total = windows.stream().mapToInt(window -> window.length).sum();
        for (int window = 0; window < logits.length; window++) {
            double share = windows.get(window).length / total;
            Classification one = Classification.of(logits[window], labels);
            for (int label = 0; label < labelCount; label++) {
                probabilities[label] += share * one.scores().get(label).score();
                meanLogits[label] += (float) (share * logits[window][label]);
            }
        }
        return Classification.of(meanLogits, probabilities, labels);
    }
}
