package dev.ortune.train;

import java.util.List;

/**
 * What an optimizer step found before it changed the parameters.
 *
 * @param losses each batch's mean loss
 * @param gradientNorm the Euclidean norm of the mean gradient over all parameters together, before it
 *     is clipped; infinite or NaN where the gradient is too large for float32
 */
public record StepResult(List<Float> losses, double gradientNorm) {

    public StepResult {
        losses = List.copyOf(losses);
    }

    /** Mean over the step's batches. */
    public double loss() {
        return losses.stream().mapToDouble(Float::doubleValue).average().orElseThrow();
    }
}
