package dev.ortune.repository;

import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/**
 * A model as the shared database has it, in JSON.
 *
 * @param formatVersion of this document
 * @param nextVersion the number of the next version
 * @param versions ascending by number
 * @param aliases by name
 */
record SharedDocument(
        int formatVersion,
        int nextVersion,
        List<Version> versions,
        SortedMap<String, AliasHistory> aliases) {

    private static final int FORMAT_VERSION = 1;

    /** A version by its number. */
    record Version(int number, VersionRecord record) {}

    SharedDocument {
        ToIntFunction<Version> number = Version::number;
        versions = versions.stream().sorted(Comparator.comparingInt(number)).toList();
        aliases = new TreeMap<>(aliases);
    }

    static SharedDocument of(PublishedModel model) {
        return new SharedDocument(
                FORMAT_VERSION,
                model.nextVersion(),
                model.versions().stream()
                        .map(version -> new Version(version.number(), version.record()))
                        .toList(),
                new TreeMap<>(model.aliases()));
    }

    /** The model, whose versions come from the cache. */
    PublishedModel model(ModelName name, VersionCache cache) {
        if (formatVersion != FORMAT_VERSION) {
            throw new IllegalStateException("the format of " + name + " is " + formatVersion);
        }
        return new PublishedModel(
                name,
                false,
                nextVersion,
                versions.stream()
                        .map(version -> cache.version(name, version.number(), version.record()))
                        .toList(),
                aliases);
    }
}
