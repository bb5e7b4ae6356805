package dev.ortune.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Requests that are nearly right: a valid one with some of its values replaced, removed or added. */
public final class JsonMutations {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JsonMutations() {}

    /** A change: at the place of that number (counted round), a value, or none to remove it. */
    private record Change(int place, boolean removes, JsonNode value) {}

    /** Mutations of a valid request, one to three changes each. */
    public static Arbitrary<JsonNode> of(String valid) {
        Arbitrary<Change> change =
                Combinators.combine(
                                Arbitraries.integers().between(0, 1000),
                                Arbitraries.of(true, false, false, false),
                                values())
                        .as(Change::new);
        return change.list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(
                        changes -> {
                            JsonNode root = read(valid);
                            changes.forEach(one -> apply(root, one));
                            return root;
                        });
    }

    /** Any JSON value, nested up to four deep. */
    public static Arbitrary<JsonNode> values() {
        Arbitrary<JsonNode> leaves =
                Arbitraries.oneOf(
                        Arbitraries.strings().ofMaxLength(8).map(NODES::textNode),
                        Arbitraries.of(
                                        "text", "BYTES", "FP32", "label", "logits", "left", " ",
                                        "NaN")
                                .map(NODES::textNode),
                        Arbitraries.longs().map(NODES::numberNode),
                        Arbitraries.integers().between(-2, 5).map(NODES::numberNode),
                        Arbitraries.doubles().map(NODES::numberNode),
                        Arbitraries.just(BigInteger.TEN.pow(40)).map(NODES::numberNode),
                        Arbitraries.of(true, false).map(NODES::booleanNode),
                        Arbitraries.just(NODES.nullNode()));
        return Arbitraries.recursive(() -> leaves, JsonMutations::nested, 0, 4);
    }

    private static Arbitrary<JsonNode> nested(Arbitrary<JsonNode> inner) {
        Arbitrary<JsonNode> arrays =
                inner.list()
                        .ofMaxSize(3)
                        .map(elements -> (JsonNode) NODES.arrayNode().addAll(elements));
        Arbitrary<JsonNode> objects =
                Arbitraries.maps(Arbitraries.of("name", "data", "shape", "parameters", "x"), inner)
                        .ofMaxSize(3)
                        .map(fields -> (JsonNode) NODES.objectNode().setAll(fields));
        return Arbitraries.oneOf(arrays, objects, inner);
    }

    private static void apply(JsonNode root, Change change) {
        List<Runnable> places = new ArrayList<>();
        collect(root, change, places);
        places.get(change.place() % places.size()).run();
    }

    private static void collect(JsonNode node, Change change, List<Runnable> places) {
        if (node instanceof ObjectNode object) {
            object.fieldNames()
                    .forEachRemaining(
                            name ->
                                    places.add(
                                            () -> {
                                                if (change.removes()) {
                                                    object.remove(name);
                                                } else {
                                                    object.set(name, change.value());
                                                }
                                            }));
            places.add(() -> object.set("x", change.value()));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                places.add(
                        () -> {
                            if (change.removes()) {
                                array.remove(index);
                            } else {
                                array.set(index, change.value());
                            }
                        });
            }
            places.add(() -> array.add(change.value()));
        }
        node.forEach(child -> collect(child, change, places));
    }

    private static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
