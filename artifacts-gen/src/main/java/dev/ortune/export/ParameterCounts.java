package dev.ortune.export;

import dev.ortune.graph.AdapterPlan;
import dev.ortune.graph.ModelStructure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/**
 * How many values a job trains, counted as PEFT counts them.
 *
 * @param trainable values that training changes
 * @param all the whole model's values and, beside them, the trainable ones: PEFT keeps the original
 *     of a module that it trains whole
 */
public record ParameterCounts(long trainable, long all) {

    private static final int PERCENT_DIGITS = 4;

    /** Counts a plan on a model. */
    public static ParameterCounts of(ModelStructure structure, AdapterPlan plan) {
        long trainable = plan.trainableCount();
        return new ParameterCounts(trainable, structure.valueCount() + trainable);
    }

    /** The line that PEFT's {@code print_trainable_parameters} prints, digit by digit. */
    public String peftLine() {
        String percent =
                new BigDecimal(100.0 * trainable / all)
                        .setScale(PERCENT_DIGITS, RoundingMode.HALF_EVEN)
                        .toPlainString();
        return String.format(
                Locale.ROOT,
                "trainable params: %,d || all params: %,d || trainable%%: %s",
                trainable,
                all,
                percent);
    }
}
