package dev.ortune.serve;

import dev.ortune.error.InternalException;
import dev.ortune.error.InvalidInputException;
import dev.ortune.error.OrtuneException;
import dev.ortune.repository.AdapterRepository;
import dev.ortune.repository.ModelReference;
import dev.ortune.repository.PublishedModel;
import dev.ortune.repository.PublishedVersion;
import java.util.List;
import java.util.concurrent.CompletionException;

/** The repository's models as clients see them. */
final class RepositoryModels implements ModelRegistry {

    private final AdapterRepository repository;
    private final VersionLookup versions;
    private final ServedBases bases;
    private final AdapterStore adapters;

    RepositoryModels(
            AdapterRepository repository,
            VersionLookup versions,
            ServedBases bases,
            AdapterStore adapters) {
        this.repository = repository;
        this.versions = versions;
        this.bases = bases;
        this.adapters = adapters;
    }

    @Override
    public List<ModelDescription> models(String tenant) {
        return described(repository.models(tenant));
    }

    @Override
    public List<ModelDescription> sharedModels() {
        return described(repository.sharedModels());
    }

    private static List<ModelDescription> described(List<PublishedModel> models) {
        return models.stream()
                .map(model -> VersionLookup.describe(model, model.defaultVersion()))
                .toList();
    }

    @Override
    public ModelDescription describe(ModelReference reference) {
        return versions.describe(versions.find(reference));
    }

    @Override
    public boolean isReady(ModelReference reference) {
        try {
            return !versions.isUnloaded(tenant(reference), versions.find(reference));
        } catch (InvalidInputException notThere) {
            return false;
        }
    }

    @Override
    public void load(ModelReference reference) {
        PublishedVersion version = versions.find(reference);
        try {
            adapters.acquire(version, bases.of(version)).join().close();
        } catch (CompletionException e) {
            throw e.getCause() instanceof OrtuneException cause
                    ? cause
                    : new InternalException("An adapter could not be read.", e.getCause());
        }
        versions.setUnloaded(tenant(reference), version, false);
    }

    @Override
    public void unload(ModelReference reference) {
        PublishedVersion version = versions.find(reference);
        versions.setUnloaded(tenant(reference), version, true);
        if (version.model().tenant().equals(tenant(reference))) {
            adapters.evict(version);
        }
    }

    private static String tenant(ModelReference reference) {
        return reference.model().tenant();
    }
}
