package dev.ortune.api.rest.oip;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.api.inference.FieldFault;
import dev.ortune.api.inference.Shown;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON object of a request whose every fault names its field.
 *
 * @param path where it stands; empty for the body
 */
record JsonFields(String path, JsonNode object) {

    /** Refuses fields that are not known. */
    JsonFields requireOnly(Set<String> known) {
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

    String text(String name) {
        return optionalText(name).orElseThrow(() -> missing(name));
    }

    Optional<String> optionalText(String name) {
        return value(name)
                .map(
                        node -> {
                            if (!node.isTextual()) {
                                throw FieldFault.of(field(name), "The value must be a string");
                            }
                            return node.textValue();
                        });
    }

    boolean flag(String name) {
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

    JsonNode array(String name) {
        JsonNode node = value(name).orElseThrow(() -> missing(name));
        if (!node.isArray()) {
            throw FieldFault.of(field(name), "The value must be a list");
        }
        return node;
    }

    /** The objects of a list; none where there is no such field. */
    List<JsonFields> objects(String name) {
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
    Optional<JsonFields> optionalObject(String name) {
        return value(name)
                .map(
                        node -> {
                            if (!node.isObject()) {
                                throw FieldFault.of(field(name), "The value must be an object");
                            }
                            return new JsonFields(field(name), node);
                        });
    }

    String field(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private Optional<JsonNode> value(String name) {
        return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
    }

    private RuntimeException missing(String name) {
        return FieldFault.of(field(name), "The field is missing");
    }
}
