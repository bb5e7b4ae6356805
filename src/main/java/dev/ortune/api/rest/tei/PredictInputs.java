package dev.ortune.api.rest.tei;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * The protocol's {@code PredictInput} (text-embeddings-inference, {@code
 * router/src/http/types.rs}): a string, a list of one string, or a batch of lists of one string.
 *
 * <p>Where its lists have two strings, they are a pair for one model input; our models are trained on
 * single texts, so pairs are refused.
 *
 * @param texts as they came
 * @param isBatch whether the answer is a list per text
 */
record PredictInputs(List<String> texts, boolean isBatch) {

    private static final String FORMS =
            "inputs must be a string, [string] or a batch [[string], [string], ...]";

    static PredictInputs parse(JsonNode inputs) {
        if (inputs == null) {
            throw malformed("inputs is missing; " + FORMS + ".");
        }
        if (inputs.isTextual()) {
            return new PredictInputs(List.of(inputs.textValue()), false);
        }
        if (!inputs.isArray() || inputs.isEmpty()) {
            throw malformed(FORMS + ".");
        }
        if (inputs.get(0).isTextual()) {
            return new PredictInputs(List.of(sequence(inputs, "inputs")), false);
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : inputs) {
            texts.add(sequence(element, "inputs[" + texts.size() + "]"));
        }
        return new PredictInputs(texts, true);
    }

    private static String sequence(JsonNode list, String field) {
        if (list.isArray()
                && list.size() == 2
                && list.get(0).isTextual()
                && list.get(1).isTextual()) {
            throw malformed(
                    field
                            + " is a pair of texts, which this model was not trained on; send single"
                            + " texts, several as [[string], [string]].");
        }
        if (!list.isArray() || list.size() != 1 || !list.get(0).isTextual()) {
            throw malformed(field + ": " + FORMS + ".");
        }
        return list.get(0).textValue();
    }

    private static MalformedPredict malformed(String message) {
        return new MalformedPredict(MalformedPredict.OTHER_FORM, message);
    }
}
