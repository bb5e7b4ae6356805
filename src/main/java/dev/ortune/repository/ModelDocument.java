package dev.ortune.repository;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The content of {@code model.json}, which alone says what a model has: a version's folder that it
 * does not list is the remainder of a change that never came about, or of one that did.
 *
 * @param formatVersion of this file
 * @param nextVersion the number of the next version
 * @param versions the versions' numbers, ascending
 * @param aliases by name
 */
record ModelDocument(
        int formatVersion,
        int nextVersion,
        List<Integer> versions,
        SortedMap<String, AliasHistory> aliases) {

    static final String FILE = "model.json";
    static final int FORMAT_VERSION = 1;

    ModelDocument {
        versions = List.copyOf(versions);
        aliases = new TreeMap<>(aliases);
    }

    static ModelDocument of(PublishedModel model) {
        return new ModelDocument(
                FORMAT_VERSION,
                model.nextVersion(),
                model.versions().stream().map(PublishedVersion::number).toList(),
                new TreeMap<>(model.aliases()));
    }

    /** The aliases as far as the versions that could be read allow; none may be left. */
    Map<String, AliasHistory> aliasesAmong(List<Integer> readable) {
        Map<String, AliasHistory> kept = new TreeMap<>();
        aliases.forEach(
                (alias, history) -> {
                    if (readable.contains(history.version())) {
                        AliasHistory[] rest = {history};
                        history.targets().stream()
                                .map(AliasTarget::version)
                                .filter(version -> !readable.contains(version))
                                .forEach(
                                        version ->
                                                rest[0] = rest[0].without(version).orElseThrow());
                        kept.put(alias, rest[0]);
                    }
                });
        return kept;
    }
}
