package dev.ortune.api.inference;

import dev.ortune.serve.Timings;
import java.util.List;

/**
 * The answer to an {@link InferenceRequest}.
 *
 * @param version the very version that answered
 * @param id the request's; empty for none
 * @param outputs in the order of the request
 */
public record InferenceAnswer(
        String model, String version, String id, List<OutputTensor> outputs, Timings timings) {

    public InferenceAnswer {
        outputs = List.copyOf(outputs);
    }
}
