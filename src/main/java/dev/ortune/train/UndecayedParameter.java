package dev.ortune.train;

import dev.ortune.ort.ParameterValues;

/**
 * A parameter that gets back what the optimizer's weight decay took: AdamW moves p to {@code p (1 -
 * rate·decay) - step}, and without decay it would be {@code p - step}.
 *
 * <p>For the training thread, which alone changes the parameter.
 */
final class UndecayedParameter {

    private final ParameterValues values;
    private final float[] before;

    /** Remembers the values before the first step. */
    UndecayedParameter(ParameterValues values) {
        this.values = values;
        this.before = values.fetch().clone();
    }

    /**
     * To be called after every step.
     *
     * @param decay the step's learning rate times the weight decay
     */
    void giveBack(double decay) {
        float[] after = values.fetch();
        for (int i = 0; i < after.length; i++) {
            after[i] += (float) (decay * before[i]);
            before[i] = after[i];
        }
        values.store();
    }
}
