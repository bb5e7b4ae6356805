package dev.ortune.api.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Ids and names that the service has told, by the address where they are used: they lead further in. */
final class KnownNames {

    private static final int MOST = 12;
    private static final Set<String> FIELDS = Set.of("id", "name", "version", "model", "base");

    private final Map<String, List<String>> byCollection = new TreeMap<>();
    private int replaced;

    /** Adds one that is known beforehand. */
    void add(String collection, String name) {
        List<String> names = byCollection.computeIfAbsent(collection, it -> new ArrayList<>());
        if (names.contains(name) || name.isEmpty()) {
            return;
        }
        if (names.size() < MOST) {
            names.add(name);
        } else {
            names.set(replaced % MOST, name);
            replaced++;
        }
    }

    /** Adds those of an answer. */
    void harvest(String path, JsonNode answer) {
        String collection = ApiDocument.collection(path);
        for (String field : FIELDS) {
            answer.findValues(field).stream()
                    .filter(JsonNode::isTextual)
                    .limit(MOST)
                    .forEach(value -> add(collection, value.textValue()));
        }
    }

    /** One that is used at a path, if one is known. */
    Optional<String> of(String path, Draw draw) {
        List<String> names = byCollection.getOrDefault(ApiDocument.collection(path), List.of());
        return names.isEmpty() ? Optional.empty() : Optional.of(draw.of(names));
    }

    /** Any one. */
    Optional<String> any(Draw draw) {
        return byCollection.isEmpty()
                ? Optional.empty()
                : of(draw.of(List.copyOf(byCollection.keySet())), draw);
    }
}
