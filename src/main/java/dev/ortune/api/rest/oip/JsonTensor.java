package dev.ortune.api.rest.oip;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.api.inference.FieldFault;
import dev.ortune.api.inference.TextTensor;
import dev.ortune.api.rest.JsonFields;
import java.util.ArrayList;
import java.util.List;

/** The data of an input tensor: a list, flat or in the shape's own dimensions. */
final class JsonTensor {

    private JsonTensor() {}

    /** The texts of the input, as many as its shape says. */
    static List<String> texts(JsonFields input) {
        List<Long> shape = shape(input);
        TextTensor tensor =
                new TextTensor(input.path(), input.text("name"), input.text("datatype"), shape);
        tensor.requireText();
        String field = input.field("data");
        List<String> texts = new ArrayList<>();
        for (JsonNode element : input.array("data")) {
            String place = field + "[" + texts.size() + "]";
            boolean isRow = tensor.isColumn() && element.isArray();
            if (isRow && element.size() != 1) {
                throw FieldFault.of(place, "The list must have one element, not " + element.size());
            }
            texts.add(text(isRow ? element.get(0) : element, isRow ? place + "[0]" : place));
        }
        tensor.requireElements(texts.size());
        return texts;
    }

    private static String text(JsonNode element, String field) {
        if (!element.isTextual()) {
            throw FieldFault.of(field, "An element of type BYTES must be a string");
        }
        return element.textValue();
    }

    private static List<Long> shape(JsonFields input) {
        List<Long> shape = new ArrayList<>();
        for (JsonNode dimension : input.array("shape")) {
            if (!dimension.isIntegralNumber() || !dimension.canConvertToLong()) {
                throw FieldFault.of(
                        input.field("shape") + "[" + shape.size() + "]",
                        "A dimension must be a whole number of at most 63 bits");
            }
            shape.add(dimension.longValue());
        }
        return shape;
    }
}
