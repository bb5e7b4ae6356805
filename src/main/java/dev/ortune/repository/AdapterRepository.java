package dev.ortune.repository;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Adapters by tenant and name, with versions and aliases: an index in memory over a {@link
 * RepositoryStore}.
 *
 * <p>A tenant sees its own models and those that the configuration names; to anybody else's, and to
 * what never was, the answer is the same.
 *
 * <p>Thread-safe. Readers never wait and see every model as it is between two changes. Changes block
 * their thread for the store; those of one model happen one after the other, those of different
 * models side by side. The index holds no weights.
 */
public final class AdapterRepository implements AutoCloseable {

    private final RepositoryStore store;
    private final ModelIndex index;

    /** The configured folders by name, which no tenant's own model has. */
    private final ConcurrentMap<String, PublishedModel> shared = new ConcurrentHashMap<>();

    private final ModelLocks locks = new ModelLocks();

    private AdapterRepository(RepositoryStore store) {
        this.store = store;
        this.index = new ModelIndex(store.load());
    }

    /**
     * Reads what a folder holds and deletes what killed processes left there half done.
     *
     * @param root made by the first publication if it does not exist
     * @throws InvalidInputException {@code INVALID_OPTION} when the folder cannot be listed
     */
    public static AdapterRepository open(Path root) {
        return new AdapterRepository(FolderStore.open(root.toAbsolutePath().normalize()));
    }

    /**
     * Reads what a database has and follows what other processes change there.
     *
     * @param settings where things are
     */
    public static AdapterRepository share(SharedSettings settings) {
        SharedStore store = new SharedStore(settings);
        AdapterRepository repository = new AdapterRepository(store);
        store.follow(repository.new Follower());
        return repository;
    }

    /** Who is to be told of changes by other processes, where there can be any. */
    public Optional<SharedChanges> changes() {
        return store instanceof SharedChanges shared ? Optional.of(shared) : Optional.empty();
    }

    /** What this process keeps of versions whose files are elsewhere; empty where none are. */
    public Optional<CachedVersions> cached() {
        return store.cached();
    }

    /** Tells a listener of every change from now on. */
    public void listen(RepositoryListener listener) {
        index.listen(listener);
    }

    /** The models of all tenants, by name: for the operator. */
    public List<PublishedModel> models() {
        return sorted(Stream.concat(index.models(), shared.values().stream()));
    }

    /** The models that a tenant sees, by name. */
    public List<PublishedModel> models(String tenant) {
        Stream<PublishedModel> own =
                index.models().filter(model -> model.name().tenant().equals(tenant));
        return sorted(Stream.concat(own, shared.values().stream()));
    }

    /** The models that all tenants see, by name. */
    public List<PublishedModel> sharedModels() {
        return sorted(shared.values().stream());
    }

    private static List<PublishedModel> sorted(Stream<PublishedModel> models) {
        return models.sorted(Comparator.comparing(PublishedModel::name)).toList();
    }

    /**
     * A model by its name.
     *
     * @throws InvalidInputException {@code MODEL_NOT_FOUND}
     */
    public PublishedModel model(ModelName name) {
        return find(name).orElseThrow(() -> RepositoryFault.modelNotFound(name));
    }

    /** A model by its name, if there is one: the tenant's own, or one of all tenants. */
    public Optional<PublishedModel> find(ModelName name) {
        return index.find(name).or(() -> Optional.ofNullable(shared.get(name.name())));
    }

    /**
     * What a reference means now.
     *
     * @throws InvalidInputException {@code MODEL_NOT_FOUND}, {@code VERSION_NOT_FOUND}, {@code
     *     ALIAS_NOT_FOUND}
     */
    public PublishedVersion resolve(ModelReference reference) {
        return model(reference.model()).resolve(reference);
    }

    /**
     * Adds a configured folder as a model of one version that all tenants see and none can change;
     * before the first publication.
     *
     * @throws InvalidInputException {@code INVALID_OPTION} when a tenant has the name
     */
    void mount(String configured, Path adapter, VersionRecord record) {
        ModelName name = ModelName.ofDefaultTenant(configured);
        requireUnused(name);
        PublishedVersion version =
                new PublishedVersion(name, 1, adapter, record, FolderSource.CONFIGURED);
        PublishedModel model =
                new PublishedModel(
                        name,
                        true,
                        2,
                        List.of(version),
                        Map.of(PublishedModel.DEFAULT, AliasHistory.of(1, record.published())));
        shared.put(configured, model);
        index.tell(listener -> listener.published(version));
    }

    private void requireUnused(ModelName configured) {
        index.models()
                .map(PublishedModel::name)
                .filter(published -> published.name().equals(configured.name()))
                .findFirst()
                .ifPresent(
                        published -> {
                            throw new InvalidInputException(
                                    ErrorCode.INVALID_OPTION,
                                    "The configured model \""
                                            + configured
                                            + "\" is in the repository too, of the tenant "
                                            + published.tenant()
                                            + ".",
                                    "Give the configured folder another name, or delete the"
                                            + " published model.");
                        });
    }

    /**
     * Refuses a publication that could not be taken in, before its body is read.
     *
     * @throws InvalidInputException {@code MODEL_READ_ONLY}
     */
    void requireChangeable(ModelName model) {
        requireOwn(model);
        store.requireChangeable();
    }

    /** Whether this process may publish, as far as can be told without trying. */
    public boolean canChange() {
        return store.canChange();
    }

    /** A hidden folder for an upload. */
    Draft newDraft() {
        return store.newDraft();
    }

    /**
     * Takes a checked adapter in.
     *
     * @param adapter a folder of a draft with all of the version's files but the record
     */
    PublishedVersion publish(Publication publication, Path adapter, VersionRecord record) {
        try (StagedVersion staged = store.stage(adapter, record)) {
            return change(publication.model(), change -> added(change, publication, staged));
        }
    }

    /**
     * As {@link #publish}, unless the model has a version with the very same adapter: then nothing
     * changes.
     *
     * @return that version, else the new one
     */
    PublishedVersion publishOnce(Publication publication, Path adapter, VersionRecord record) {
        try (StagedVersion staged = store.stage(adapter, record)) {
            return change(
                    publication.model(),
                    change ->
                            change.before().stream()
                                    .flatMap(model -> model.versions().stream())
                                    .filter(version -> version.holds(adapter, record))
                                    .findFirst()
                                    .map(version -> new Changed<>(change.before(), version))
                                    .orElseGet(() -> added(change, publication, staged)));
        }
    }

    private static Changed<PublishedVersion> added(
            RepositoryChange change, Publication publication, StagedVersion staged) {
        Optional<PublishedModel> before = change.before();
        PublishedVersion version =
                change.version(before.map(PublishedModel::nextVersion).orElse(1), staged);
        PublishedModel after =
                ModelChanges.published(
                        publication.model(),
                        before,
                        version,
                        publication.activate(),
                        publication.alias());
        change.add(staged, version, after);
        return new Changed<>(Optional.of(after), version);
    }

    /**
     * Points an alias to a version; makes the alias if it does not exist.
     *
     * @param version a number, or another alias, whose version is taken
     * @throws InvalidInputException {@code MODEL_NOT_FOUND}, {@code VERSION_NOT_FOUND}, {@code
     *     ALIAS_NOT_FOUND}, {@code MODEL_READ_ONLY}, {@code INVALID_REQUEST} for what is no alias
     */
    public PublishedModel moveAlias(ModelName model, String alias, String version) {
        Publication.requireAlias(alias);
        ModelReference wanted = new ModelReference(model, Optional.of(version));
        return changeAliases(
                model,
                before -> ModelChanges.aliasMoved(before, alias, before.resolve(wanted).number()));
    }

    /**
     * Points an alias to where it pointed before.
     *
     * @throws InvalidInputException as {@link #moveAlias}; {@code VERSION_NOT_FOUND} when it pointed
     *     nowhere else
     */
    public PublishedModel rollBack(ModelName model, String alias) {
        return changeAliases(model, before -> ModelChanges.rolledBack(before, alias));
    }

    /**
     * Deletes an alias, not what it points to.
     *
     * @throws InvalidInputException as {@link #moveAlias}; {@code INVALID_REQUEST} for the default
     */
    public PublishedModel deleteAlias(ModelName model, String alias) {
        return changeAliases(model, before -> ModelChanges.withoutAlias(before, alias));
    }

    /**
     * Deletes a version; who reads it at the moment reads on or learns that it is gone.
     *
     * @param version a number or an alias
     * @throws InvalidInputException as {@link #moveAlias}; {@code VERSION_IN_USE} when an alias
     *     other than the default points to it, or it is the only one
     */
    public void deleteVersion(ModelName model, String version) {
        ModelReference wanted = new ModelReference(model, Optional.of(version));
        change(
                model,
                change -> {
                    PublishedModel before = change.before().orElseThrow(notFound(model));
                    PublishedVersion doomed = before.resolve(wanted);
                    PublishedModel after = ModelChanges.withoutVersion(before, doomed);
                    change.remove(doomed, after);
                    return new Changed<>(Optional.of(after), doomed);
                });
    }

    /**
     * Deletes a model with all its versions and aliases.
     *
     * @throws InvalidInputException {@code MODEL_NOT_FOUND}, {@code MODEL_READ_ONLY}
     */
    public void deleteModel(ModelName model) {
        change(
                model,
                change -> {
                    PublishedModel before = change.before().orElseThrow(notFound(model));
                    change.removeModel();
                    return new Changed<>(Optional.empty(), before);
                });
    }

    private PublishedModel changeAliases(ModelName model, UnaryOperator<PublishedModel> rule) {
        return change(
                model,
                change -> {
                    PublishedModel after = rule.apply(change.before().orElseThrow(notFound(model)));
                    change.save(after);
                    return new Changed<>(Optional.of(after), after);
                });
    }

    /** What a model is after a change, and what the change brought. */
    private record Changed<T>(Optional<PublishedModel> after, T result) {}

    private <T> T change(ModelName name, Function<RepositoryChange, Changed<T>> work) {
        requireOwn(name);
        return locks.locked(
                name,
                () -> {
                    Changed<T> changed = store.change(name, index.find(name), work);
                    index.update(name, changed.after());
                    return changed.result();
                });
    }

    private void requireOwn(ModelName model) {
        if (find(model).filter(PublishedModel::readOnly).isPresent()) {
            throw RepositoryFault.readOnly(model);
        }
    }

    private static Supplier<InvalidInputException> notFound(ModelName model) {
        return () -> RepositoryFault.modelNotFound(model);
    }

    /** Lets another process have the store; the index can still be read. */
    @Override
    public void close() {
        store.close();
    }

    private final class Follower implements RepositoryFollower {

        @Override
        public void changedElsewhere(ModelName model, Supplier<Optional<PublishedModel>> now) {
            locks.locked(
                    model,
                    () -> {
                        index.update(model, now.get());
                        return model;
                    });
        }

        @Override
        public boolean has(PublishedVersion version) {
            return index.find(version.model())
                    .flatMap(model -> model.version(version.number()))
                    .filter(there -> there.id().equals(version.id()))
                    .isPresent();
        }
    }
}
