package dev.ortune.serve;

import java.util.List;

/**
 * The answer to a request.
 *
 * @param model the description of the very version that answered
 * @param results one per text, in their order
 * @param timings what it cost
 */
public record ClassificationAnswer(
        ModelDescription model, List<Classification> results, Timings timings) {

    public ClassificationAnswer {
        results = List.copyOf(results);
    }
}
