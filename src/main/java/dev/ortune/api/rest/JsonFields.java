package dev.ortune.api.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.api.inference.FieldFault;
import dev.ortune.api.inference.Shown;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A JSON object of a request whose every fault names its field.
 *
 * @param path where it stands; empty for the body
 */
public record JsonFields(String path, JsonNode object) {

    /** Refuses fields that are not known. */
    public JsonFields requireOnly(Set<String> known) {
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                throw FieldFault.of(
                        field(Shown.shortened(name)),
                        "The field is not known; known here: "
                                + String.join(", ", known.stream().sorted().toList()));
            }
        }
        return this;
    }

    /** A text that must be there. */
    public String text(String name) {
        return optionalText(name).orElseThrow(() -> missing(name));
    }

    /** A text, if there is one. */
    public Optional<String> optionalText(String name) {
        return value(name)
                .map(
                        node -> {
                            if (!node.isTextual()) {
                                throw FieldFault.of(field(name), "The value must be a string");
                            }
                            return node.textValue();
                        });
    }

    /** A boolean; false where there is none. */
    public boolean flag(String name) {
        return value(name)
                .map(
                        node -> {
                            if (!node.isBoolean()) {
                                throw FieldFault.of(field(name), "The value must be a boolean");
                            }
                            return node.booleanValue();
                        })
                .orElse(false);
    }

    /** A whole number, if there is one. */
    public OptionalLong optionalWhole(String name) {
        Optional<JsonNode> node = value(name);
        if (node.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!node.get().isIntegralNumber() || !node.get().canConvertToLong()) {
            throw FieldFault.of(field(name), "The value must be a whole number");
        }
        return OptionalLong.of(node.get().longValue());
    }

    /** A number, if there is one. */
    public OptionalDouble optionalNumber(String name) {
        Optional<JsonNode> node = value(name);
        if (node.isEmpty()) {
            return OptionalDouble.empty();
        }
        if (!node.get().isNumber()) {
            throw FieldFault.of(field(name), "The value must be a number");
        }
        return OptionalDouble.of(node.get().doubleValue());
    }

    /** Whether the field has this very text. */
    public boolean is(String name, String text) {
        return value(name)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(text::equals)
                .isPresent();
    }

    /** Texts, or one text alone; none where there is no such field. */
    public List<String> texts(String name) {
        Optional<JsonNode> node = value(name);
        if (node.isEmpty()) {
            return List.of();
        }
        if (node.get().isTextual()) {
            return List.of(node.get().textValue());
        }
        List<String> texts = new ArrayList<>();
        for (JsonNode element : array(name)) {
            if (!element.isTextual()) {
                throw FieldFault.of(
                        field(name) + "[" + texts.size() + "]", "The value must be a string");
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    /** The names of all fields. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** A list that must be there. */
    public JsonNode array(String name) {
        JsonNode node = value(name).orElseThrow(() -> missing(name));
        if (!node.isArray()) {
            throw FieldFault.of(field(name), "The value must be a list");
        }
        return node;
    }

    /** The objects of a list; none where there is no such field. */
    public List<JsonFields> objects(String name) {
        if (value(name).isEmpty()) {
            return List.of();
        }
        List<JsonFields> objects = new ArrayList<>();
        for (JsonNode node : array(name)) {
            String field = field(name) + "[" + objects.size() + "]";
            if (!node.isObject()) {
                throw FieldFault.of(field, "The value must be an object");
            }
            objects.add(new JsonFields(field, node));
        }
        return objects;
    }

    /** An object; an empty one where there is no such field. */
    public Optional<JsonFields> optionalObject(String name) {
        return value(name)
                .map(
                        node -> {
                            if (!node.isObject()) {
                                throw FieldFault.of(field(name), "The value must be an object");
                            }
                            return new JsonFields(field(name), node);
                        });
    }

    /** A field's whole name, for messages. */
    public String field(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private Optional<JsonNode> value(String name) {
        return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
    }

    private RuntimeException missing(String name) {
        return FieldFault.missing(field(name));
    }
}
