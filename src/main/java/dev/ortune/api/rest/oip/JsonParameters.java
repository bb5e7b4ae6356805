package dev.ortune.api.rest.oip;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.api.inference.ParameterValue;
import dev.ortune.api.inference.Parameters;
import dev.ortune.api.rest.JsonFields;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The {@code parameters} of a request, of an input or of an output. */
final class JsonParameters {

    private static final String NAME = "parameters";

    private JsonParameters() {}

    static Parameters of(JsonFields owner) {
        Map<String, ParameterValue> values = new HashMap<>();
        Optional<JsonFields> object = owner.optionalObject(NAME);
        if (object.isPresent()) {
            for (Map.Entry<String, JsonNode> entry : object.get().object().properties()) {
                values.put(entry.getKey(), value(entry.getValue()));
            }
        }
        return new Parameters(owner.field(NAME), values);
    }

    private static ParameterValue value(JsonNode node) {
        if (node.isTextual()) {
            return new ParameterValue.Text(node.textValue());
        }
        if (node.isBoolean()) {
            return new ParameterValue.Flag(node.booleanValue());
        }
        return node.isIntegralNumber() && node.canConvertToLong()
                ? new ParameterValue.Whole(node.longValue())
                : new ParameterValue.Other();
    }
}
