package dev.ortune.api.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** JSON values as schemas and examples have them, with some of their parts exchanged. */
final class JsonDraw {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int DEEPEST = 6;

    /** Nobody listens there, so that a webhook that is made by chance reaches nobody. */
    private static final String NOWHERE = "http://127.0.0.1:9/hooks";

    private final ApiDocument document;
    private final KnownNames names;
    private final Draw draw;

    JsonDraw(ApiDocument document, KnownNames names, Draw draw) {
        this.document = document;
        this.names = names;
        this.draw = draw;
    }

    /** Values that belong to no document. */
    static JsonDraw ofNothing(Draw draw) {
        return new JsonDraw(new ApiDocument(NODES.objectNode(), List.of()), new KnownNames(), draw);
    }

    /**
     * A body as a media type of the document has it: an example or one by the schema.
     *
     * @param path where it is sent to
     */
    JsonNode body(String path, JsonNode media) {
        List<JsonNode> examples = new ArrayList<>();
        media.path("examples").forEach(example -> examples.add(example.path("value")));
        JsonNode body =
                examples.isEmpty() || draw.chance(0.5)
                        ? bySchema(path, "", media.path("schema"), 0)
                        : draw.of(examples).deepCopy();
        return reachable(path, body);
    }

    /** The same with one to three parts exchanged, removed or added. */
    JsonNode mutated(JsonNode body) {
        JsonNode root = NODES.arrayNode().add(body.deepCopy());
        for (int changes = draw.below(3); changes >= 0; changes--) {
            List<Runnable> places = new ArrayList<>();
            collect(root, places);
            draw.of(places).run();
        }
        return root.isEmpty() ? NODES.nullNode() : root.get(0);
    }

    /** Any value. */
    JsonNode value(int depth) {
        return switch (draw.below(depth > DEEPEST ? 6 : 9)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(draw.chance(0.5));
            case 2 -> NODES.numberNode(draw.below(20) - 5);
            case 3 -> number();
            case 4 -> NODES.textNode(draw.oddText());
            case 5 -> NODES.textNode(names.any(draw).orElseGet(draw::word));
            case 6 -> {
                ArrayNode array = NODES.arrayNode();
                for (int i = draw.below(4); i > 0; i--) {
                    array.add(value(depth + 1));
                }
                yield array;
            }
            case 7 -> {
                ObjectNode object = NODES.objectNode();
                for (int i = draw.below(4); i > 0; i--) {
                    object.set(draw.oddText(), value(depth + 1));
                }
                yield object;
            }
            default -> nested(draw.chance(0.1) ? 200 : 1 + draw.below(60));
        };
    }

    private JsonNode bySchema(String path, String field, JsonNode reference, int depth) {
        JsonNode schema = document.resolved(reference);
        if (schema.has("enum") && draw.chance(0.9)) {
            return schema.get("enum").get(draw.below(schema.get("enum").size()));
        }
        return switch (type(schema)) {
            case "object" -> object(path, schema, depth);
            case "array" -> {
                ArrayNode array = NODES.arrayNode();
                for (int i = draw.below(4); i > 0 && depth < DEEPEST; i--) {
                    array.add(bySchema(path, field, schema.path("items"), depth + 1));
                }
                yield array;
            }
            case "string" -> NODES.textNode(text(path, field));
            case "integer" -> NODES.numberNode(draw.below(10));
            case "number" -> NODES.numberNode(draw.below(100) / 100.0);
            case "boolean" -> NODES.booleanNode(draw.chance(0.5));
            default -> value(depth + 1);
        };
    }

    private JsonNode object(String path, JsonNode schema, int depth) {
        ObjectNode object = NODES.objectNode();
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        schema.path("properties")
                .fields()
                .forEachRemaining(
                        property -> {
                            if (required.contains(property.getKey())
                                    || (depth < DEEPEST && draw.chance(0.4))) {
                                object.set(
                                        property.getKey(),
                                        bySchema(
                                                path,
                                                property.getKey(),
                                                property.getValue(),
                                                depth + 1));
                            }
                        });
        if (schema.has("additionalProperties")) {
            for (int i = draw.below(3); i > 0; i--) {
                object.set(
                        draw.word(),
                        bySchema(path, "", schema.path("additionalProperties"), depth + 1));
            }
        }
        return object;
    }

    private static String type(JsonNode schema) {
        JsonNode type = schema.path("type");
        // Of several types one is null, which mutations bring.
        return type.isArray() ? type.get(0).asText() : type.asText();
    }

    /** A text that might do: a known name where one of its kind is known. */
    private String text(String path, String field) {
        String lower = field.toLowerCase(Locale.ROOT);
        if (lower.contains("url")) {
            return NOWHERE;
        }
        return draw.chance(0.8)
                ? names.named(lower, path, draw).orElseGet(draw::word)
                : names.any(draw).orElseGet(draw::word);
    }

    /** Examples have the addresses of real hosts and files that do not exist. */
    private JsonNode reachable(String path, JsonNode node) {
        if (node instanceof ObjectNode object) {
            List<String> fields = new ArrayList<>();
            object.fieldNames().forEachRemaining(fields::add);
            for (String field : fields) {
                JsonNode child = object.get(field);
                boolean isName =
                        field.endsWith("url") || names.named(field, path, draw).isPresent();
                object.set(
                        field,
                        child.isTextual() && isName
                                ? NODES.textNode(text(path, field))
                                : reachable(path, child));
            }
        }
        return node;
    }

    private JsonNode number() {
        try {
            double number = Double.parseDouble(draw.number());
            return Double.isInfinite(number) ? NODES.numberNode(1e308) : NODES.numberNode(number);
        } catch (NumberFormatException e) {
            return NODES.numberNode(0);
        }
    }

    private JsonNode nested(int depth) {
        JsonNode node = NODES.numberNode(1);
        boolean arrays = draw.chance(0.5);
        for (int i = 0; i < depth; i++) {
            node = arrays ? NODES.arrayNode().add(node) : NODES.objectNode().set("a", node);
        }
        return node;
    }

    private void collect(JsonNode node, List<Runnable> places) {
        if (node instanceof ObjectNode object) {
            object.fieldNames()
                    .forEachRemaining(
                            name -> {
                                places.add(() -> object.set(name, value(0)));
                                places.add(
                                        () -> {
                                            JsonNode old = object.remove(name);
                                            if (old != null && draw.chance(0.3)) {
                                                object.set(name + draw.word(), old);
                                            }
                                        });
                            });
            places.add(() -> object.set(draw.chance(0.5) ? "x" : draw.oddText(), value(0)));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                places.add(() -> array.set(index, value(0)));
                places.add(() -> array.set(index, NODES.arrayNode().add(array.get(index))));
            }
            places.add(() -> array.add(value(0)));
        }
        node.forEach(child -> collect(child, places));
    }
}
