package dev.ortune.serve;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.error.UnavailableException;
import dev.ortune.repository.AdapterRepository;
import dev.ortune.repository.ModelReference;
import dev.ortune.repository.PublishedModel;
import dev.ortune.repository.PublishedVersion;
import dev.ortune.repository.RepositoryListener;
import dev.ortune.repository.VersionRecord;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** What references name, and which versions a tenant unloaded. Thread-safe. */
final class VersionLookup implements RepositoryListener {

    private final AdapterRepository repository;
    private final Set<Unloaded> unloaded = ConcurrentHashMap.newKeySet();

    /** A version that a tenant unloaded, for itself. */
    private record Unloaded(String tenant, String versionId) {}

    VersionLookup(AdapterRepository repository) {
        this.repository = repository;
    }

    /**
     * A version.
     *
     * @throws InvalidInputException {@code MODEL_NOT_FOUND}, {@code VERSION_NOT_FOUND}, {@code
     *     ALIAS_NOT_FOUND}
     */
    PublishedVersion find(ModelReference reference) {
        return repository.resolve(reference);
    }

    /**
     * A version that may answer.
     *
     * @throws UnavailableException {@code MODEL_NOT_LOADED}
     */
    PublishedVersion ready(ModelReference reference) {
        PublishedVersion version = find(reference);
        if (isUnloaded(reference.model().tenant(), version)) {
            throw new UnavailableException(
                    ErrorCode.MODEL_NOT_LOADED,
                    "The model " + version.reference() + " is unloaded.",
                    "Load it with POST /v2/repository/models/" + reference.name() + "/load.");
        }
        return version;
    }

    boolean isUnloaded(String tenant, PublishedVersion version) {
        return unloaded.contains(new Unloaded(tenant, version.id()));
    }

    void setUnloaded(String tenant, PublishedVersion version, boolean value) {
        Unloaded entry = new Unloaded(tenant, version.id());
        if (value) {
            unloaded.add(entry);
        } else {
            unloaded.remove(entry);
        }
    }

    /** What clients see of a version; of one that is gone by now, what it was. */
    ModelDescription describe(PublishedVersion version) {
        try {
            return describe(repository.model(version.model()), version);
        } catch (InvalidInputException deletedMeanwhile) {
            return alone(version);
        }
    }

    static ModelDescription describe(PublishedModel model, PublishedVersion version) {
        Map<String, String> aliases =
                model.aliasVersions().entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey,
                                        alias -> Integer.toString(alias.getValue())));
        VersionRecord record = version.record();
        return new ModelDescription(
                version.model().name(),
                Integer.toString(version.number()),
                model.versions().stream().map(one -> Integer.toString(one.number())).toList(),
                aliases,
                record.base(),
                record.labelScheme(),
                record.maxTokens(),
                record.published(),
                version.readOnly());
    }

    private static ModelDescription alone(PublishedVersion version) {
        String number = Integer.toString(version.number());
        VersionRecord record = version.record();
        return new ModelDescription(
                version.model().name(),
                number,
                java.util.List.of(number),
                Map.of(),
                record.base(),
                record.labelScheme(),
                record.maxTokens(),
                record.published(),
                version.readOnly());
    }

    @Override
    public void deleted(PublishedVersion version) {
        // Only its own tenant can have unloaded what can be deleted.
        setUnloaded(version.model().tenant(), version, false);
    }
}
