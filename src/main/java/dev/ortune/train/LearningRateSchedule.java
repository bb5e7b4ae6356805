package dev.ortune.train;

/**
 * The learning rate of each optimizer step, as Transformers' {@code get_linear_schedule_with_warmup}
 * and {@code get_constant_schedule_with_warmup}: with w warm-up steps of n,
 *
 * <pre>
 * rate(step) = peak · step / w                  step &lt; w
 *            = peak · (n - step) / (n - w)      after it, linear
 *            = peak                             after it, constant
 * </pre>
 *
 * @param schedule the shape after the warm-up
 * @param peak the highest rate
 * @param warmupSteps steps of the rise, w
 * @param totalSteps all steps, n
 */
public record LearningRateSchedule(
        Schedule schedule, double peak, int warmupSteps, int totalSteps) {

    /** The schedule of a recipe over a number of steps; the warm-up is rounded up, as in Trainer. */
    public static LearningRateSchedule of(TrainingRecipe recipe, int totalSteps) {
        return new LearningRateSchedule(
                recipe.schedule(),
                recipe.learningRate(),
                (int) Math.ceil(totalSteps * recipe.warmupRatio()),
                totalSteps);
    }

    /** The rate of a step, counted from 0. */
    public double rate(int step) {
        if (step < warmupSteps) {
            return peak * step / warmupSteps;
        }
        return switch (schedule) {
            case CONSTANT -> peak;
            case LINEAR ->
                    peak * Math.max(0, totalSteps - step) / Math.max(1, totalSteps - warmupSteps);
        };
    }
}
