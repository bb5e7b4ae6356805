package dev.ortune.evaluation;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;

/** Checks and reads the logits of one example, [labels]. */
final class Logits {

    private Logits() {}

    static void requireFinite(float[] logits, int labelCount, long example) {
        if (logits.length != labelCount) {
            throw new IllegalArgumentException(
                    logits.length + " logits for " + labelCount + " labels");
        }
        for (float logit : logits) {
            if (!Float.isFinite(logit)) {
                throw new InvalidInputException(
                        ErrorCode.LOSS_NOT_FINITE,
                        "The model answers example " + example + " with the logit " + logit + ".",
                        "Train again with a lower learning rate.");
            }
        }
    }

    /** The index of the largest, the first of equal ones. */
    static int largest(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            if (logits[i] > logits[best]) {
                best = i;
            }
        }
        return best;
    }
}
