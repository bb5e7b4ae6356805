package dev.ortune.tuning;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** How much each label's rows count in the loss. */
public sealed interface ClassWeights {

    /** In JSON, in place of weights. */
    String BALANCED = "balanced";

    /** All labels together count alike, as scikit-learn has it: rows / (labels * rows of the label). */
    record Balanced() implements ClassWeights {
        @JsonValue
        String json() {
            return BALANCED;
        }
    }

    /**
     * As given.
     *
     * @param weights positive, by label; 1 for labels that are not named
     */
    record Given(@JsonValue Map<String, Double> weights) implements ClassWeights {
        public Given {
            weights = Collections.unmodifiableMap(new TreeMap<>(weights));
            TuningFault.require(!weights.isEmpty(), "class_weights", "must name a label");
            weights.forEach(
                    (label, weight) ->
                            TuningFault.require(
                                    Double.isFinite(weight) && weight > 0 && weight <= 1e6,
                                    "class_weights." + label,
                                    "must be a positive number of at most 1000000"));
        }
    }

    /** From a specification's JSON. */
    @JsonCreator
    static ClassWeights of(JsonNode json) {
        if (json.isTextual()) {
            return new Balanced();
        }
        Map<String, Double> weights = new TreeMap<>();
        json.properties()
                .forEach(entry -> weights.put(entry.getKey(), entry.getValue().doubleValue()));
        return new Given(weights);
    }
}
