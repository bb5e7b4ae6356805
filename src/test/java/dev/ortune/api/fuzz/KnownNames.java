package dev.ortune.api.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Ids and names that the service has told, by the address where they are used: they lead further in. */
final class KnownNames {

    private static final int MOST = 12;
    private static final List<String> FIELDS = List.of("id", "name", "version");

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

    /** Adds those of an answer: its own, or those of what it lists. */
    void harvest(String path, JsonNode answer) {
        String collection = ApiDocument.collection(path);
        List<JsonNode> told = new ArrayList<>(List.of(answer));
        if (answer.isArray() || FIELDS.stream().noneMatch(answer::has)) {
            answer.forEach(told::add);
            answer.forEach(list -> list.forEach(told::add));
        }
        for (JsonNode one : told) {
            FIELDS.stream()
                    .map(one::path)
                    .filter(JsonNode::isTextual)
                    .forEach(value -> add(collection, value.textValue()));
        }
    }

    /**
     * One of the kind that a field's name tells, as {@code training_file} tells of files.
     *
     * @param path where the field is; what is listed near it comes first
     */
    Optional<String> named(String field, String path, Draw draw) {
        String kind = field.substring(field.lastIndexOf('_') + 1).toLowerCase(Locale.ROOT);
        return byCollection.keySet().stream()
                .filter(collection -> !kind.isEmpty() && lastWord(collection).startsWith(kind))
                .max(Comparator.comparingInt(collection -> shared(collection, path)))
                .map(collection -> draw.of(byCollection.get(collection)));
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

    private static int shared(String one, String other) {
        int length = 0;
        while (length < Math.min(one.length(), other.length())
                && one.charAt(length) == other.charAt(length)) {
            length++;
        }
        return length;
    }

    private static String lastWord(String collection) {
        return collection.substring(collection.lastIndexOf('/') + 1);
    }
}
