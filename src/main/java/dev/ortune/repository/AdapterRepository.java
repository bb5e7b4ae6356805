package dev.ortune.repository;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Adapters by tenant and name, with versions and aliases: an index in memory over a folder on disk.
 *
 * <p>A tenant sees its own models and those that the configuration names; to anybody else's, and to
 * what never was, the answer is the same.
 *
 * <p>Thread-safe. Readers never wait and see every model as it is between two changes. Changes block
 * their thread for the disk; those of one model happen one after the other, those of different
 * models side by side. The index holds no weights.
 */
public final class AdapterRepository implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(AdapterRepository.class);

    private final RepositoryOwnership ownership;
    private final RepositoryFolder folder;
    private final ConcurrentMap<ModelName, PublishedModel> models;

    /** The configured folders by name, which no tenant's own model has. */
    private final ConcurrentMap<String, PublishedModel> shared = new ConcurrentHashMap<>();

    private final ModelLocks locks = new ModelLocks();
    private final List<RepositoryListener> listeners = new CopyOnWriteArrayList<>();

    private AdapterRepository(Path root) {
        this.ownership = RepositoryOwnership.of(root);
        this.folder = new RepositoryFolder(root, ownership);
        this.models =
                new ConcurrentHashMap<>(new RepositoryLoader(folder, ownership.isHeld()).load());
    }

    /**
     * Reads what a folder holds and deletes what killed processes left there half done.
     *
     * @param root made by the first publication if it does not exist
     * @throws InvalidInputException {@code INVALID_OPTION} when the folder cannot be listed
     */
    public static AdapterRepository open(Path root) {
        return new AdapterRepository(root.toAbsolutePath().normalize());
    }

    /** Tells a listener of every change from now on. */
    public void listen(RepositoryListener listener) {
        listeners.add(listener);
    }

    /** The models of all tenants, by name: for the operator. */
    public List<PublishedModel> models() {
        return sorted(Stream.concat(models.values().stream(), shared.values().stream()));
    }

    /** The models that a tenant sees, by name. */
    public List<PublishedModel> models(String tenant) {
        Stream<PublishedModel> own =
                models.values().stream().filter(model -> model.name().tenant().equals(tenant));
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
        return Optional.ofNullable(models.get(name))
                .or(() -> Optional.ofNullable(shared.get(name.name())));
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
        PublishedVersion version = new PublishedVersion(name, 1, adapter, record, true);
        PublishedModel model =
                new PublishedModel(
                        name,
                        true,
                        2,
                        List.of(version),
                        Map.of(PublishedModel.DEFAULT, AliasHistory.of(1, record.published())));
        shared.put(configured, model);
        tell(listener -> listener.published(version));
    }

    private void requireUnused(ModelName configured) {
        models.keySet().stream()
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
        changeable(model);
        ownership.require();
    }

    /** Whether this process owns the folder, so that it may publish. */
    public boolean isOwned() {
        return ownership.isHeld();
    }

    /** A hidden folder for an upload. */
    Draft newDraft() {
        return folder.newDraft();
    }

    /**
     * Takes a checked adapter in.
     *
     * @param adapter a folder of a draft with all of the version's files but the record
     */
    PublishedVersion publish(Publication publication, Path adapter, VersionRecord record) {
        ModelName name = publication.model();
        RepositoryFolder.writeRecord(adapter, record);
        return locks.locked(
                name,
                () -> {
                    Optional<PublishedModel> before = changeable(name);
                    int number = before.map(PublishedModel::nextVersion).orElse(1);
                    PublishedVersion version =
                            new PublishedVersion(
                                    name,
                                    number,
                                    folder.versionFolder(name, number),
                                    record,
                                    false);
                    PublishedModel after =
                            ModelChanges.published(
                                    name,
                                    before,
                                    version,
                                    publication.activate(),
                                    publication.alias());
                    folder.addVersion(adapter, after, version, before.isEmpty());
                    models.put(name, after);
                    tell(listener -> listener.published(version));
                    tellMoves(before, after);
                    return version;
                });
    }

    /**
     * As {@link #publish}, unless the model has a version with the very same adapter: then nothing
     * changes.
     *
     * @return that version, else the new one
     */
    PublishedVersion publishOnce(Publication publication, Path adapter, VersionRecord record) {
        ModelName name = publication.model();
        return locks.locked(
                name,
                () ->
                        changeable(name).stream()
                                .flatMap(model -> model.versions().stream())
                                .filter(version -> version.holds(adapter, record))
                                .findFirst()
                                .orElseGet(() -> publish(publication, adapter, record)));
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
        return change(
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
        return change(model, before -> ModelChanges.rolledBack(before, alias));
    }

    /**
     * Deletes an alias, not what it points to.
     *
     * @throws InvalidInputException as {@link #moveAlias}; {@code INVALID_REQUEST} for the default
     */
    public PublishedModel deleteAlias(ModelName model, String alias) {
        return change(model, before -> ModelChanges.withoutAlias(before, alias));
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
        locks.locked(
                model,
                () -> {
                    PublishedModel before = changeable(model).orElseThrow(notFound(model));
                    PublishedVersion doomed = before.resolve(wanted);
                    PublishedModel after = ModelChanges.withoutVersion(before, doomed);
                    folder.save(after);
                    models.put(model, after);
                    folder.removeVersion(doomed);
                    tell(listener -> listener.deleted(doomed));
                    tellMoves(Optional.of(before), after);
                    return after;
                });
    }

    /**
     * Deletes a model with all its versions and aliases.
     *
     * @throws InvalidInputException {@code MODEL_NOT_FOUND}, {@code MODEL_READ_ONLY}
     */
    public void deleteModel(ModelName model) {
        locks.locked(
                model,
                () -> {
                    PublishedModel before = changeable(model).orElseThrow(notFound(model));
                    folder.removeModel(model);
                    models.remove(model);
                    before.versions()
                            .forEach(version -> tell(listener -> listener.deleted(version)));
                    return before;
                });
    }

    private PublishedModel change(ModelName model, UnaryOperator<PublishedModel> rule) {
        return locks.locked(
                model,
                () -> {
                    PublishedModel before = changeable(model).orElseThrow(notFound(model));
                    PublishedModel after = rule.apply(before);
                    folder.save(after);
                    models.put(model, after);
                    tellMoves(Optional.of(before), after);
                    return after;
                });
    }

    private Optional<PublishedModel> changeable(ModelName model) {
        Optional<PublishedModel> there = find(model);
        if (there.filter(PublishedModel::readOnly).isPresent()) {
            throw RepositoryFault.readOnly(model);
        }
        return there;
    }

    private static Supplier<InvalidInputException> notFound(ModelName model) {
        return () -> RepositoryFault.modelNotFound(model);
    }

    private void tellMoves(Optional<PublishedModel> before, PublishedModel after) {
        Map<String, Integer> earlier =
                before.map(PublishedModel::aliasVersions).orElseGet(TreeMap::new);
        after.aliasVersions()
                .forEach(
                        (alias, number) -> {
                            if (!number.equals(earlier.get(alias))) {
                                PublishedVersion target = after.version(number).orElseThrow();
                                tell(listener -> listener.aliasMoved(alias, target));
                            }
                        });
    }

    private void tell(Consumer<RepositoryListener> event) {
        for (RepositoryListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                LOG.error("A listener of the repository failed", e);
            }
        }
    }

    /** Lets another process change the folder; the index can still be read. */
    @Override
    public void close() {
        ownership.close();
    }
}
