package dev.ortune.repository;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A model as it is at one moment: immutable, with at least one version and the alias {@value
 * #DEFAULT}.
 *
 * @param name the model's name and tenant; the default one's for a configured folder, which all
 *     tenants share
 * @param readOnly whether it is a configured folder
 * @param nextVersion the number of the next version; numbers are never given twice
 * @param versions ascending by number
 * @param aliases by name
 */
public record PublishedModel(
        ModelName name,
        boolean readOnly,
        int nextVersion,
        List<PublishedVersion> versions,
        Map<String, AliasHistory> aliases) {

    /** The alias that a bare model name means. */
    public static final String DEFAULT = "default";

    public PublishedModel {
        versions = List.copyOf(versions);
        aliases = Map.copyOf(aliases);
        if (!aliases.containsKey(DEFAULT)) {
            throw new IllegalArgumentException("a model has a default version");
        }
    }

    /** The version that a bare name means. */
    public PublishedVersion defaultVersion() {
        return version(aliases.get(DEFAULT).version()).orElseThrow();
    }

    /** A version by its number. */
    public Optional<PublishedVersion> version(int number) {
        return versions.stream().filter(version -> version.number() == number).findFirst();
    }

    /** The aliases that point to a version, by name. */
    public List<String> aliasesOf(int number) {
        return aliases.entrySet().stream()
                .filter(alias -> alias.getValue().version() == number)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Version numbers by alias, by name. */
    public SortedMap<String, Integer> aliasVersions() {
        SortedMap<String, Integer> numbers = new TreeMap<>();
        aliases.forEach((alias, history) -> numbers.put(alias, history.version()));
        return numbers;
    }

    /**
     * The version that a reference means in this model.
     *
     * @throws dev.ortune.error.InvalidInputException {@code VERSION_NOT_FOUND}, {@code
     *     ALIAS_NOT_FOUND}
     */
    public PublishedVersion resolve(ModelReference reference) {
        String wanted = reference.version().orElse(DEFAULT);
        if (Character.isDigit(wanted.charAt(0))) {
            return number(wanted)
                    .flatMap(this::version)
                    .orElseThrow(() -> RepositoryFault.versionNotFound(reference));
        }
        return Optional.ofNullable(aliases.get(wanted))
                .flatMap(history -> version(history.version()))
                .orElseThrow(() -> RepositoryFault.aliasNotFound(name, wanted));
    }

    private static Optional<Integer> number(String text) {
        // Nine digits always fit; a leading zero is not how numbers are written here.
        return text.matches("[1-9][0-9]{0,8}")
                ? Optional.of(Integer.parseInt(text))
                : Optional.empty();
    }
}
