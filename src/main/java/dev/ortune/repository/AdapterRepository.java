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
import org.jboss.logging.Logger;

/**
 * Adapters by name, with versions and aliases: an index in memory over a folder on disk.
 *
 * <p>Thread-safe. Readers never wait and see every model as it is between two changes. Changes block
 * their thread for the disk; those of one model happen one after the other, those of different
 * models side by side. The index holds no weights.
 */
public final class AdapterRepository implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(AdapterRepository.class);

    private final RepositoryOwnership ownership;
    private final RepositoryFolder folder;
    private final ConcurrentMap<String, PublishedModel> models;
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

    /** All models, by name. */
    public List<PublishedModel> models() {
        return models.values().stream().sorted(Comparator.comparing(PublishedModel::name)).toList();
    }

    /**
     * A model by its name.
     *
     * @throws InvalidInputException {@code MODEL_NOT_FOUND}
     */
    public PublishedModel model(String name) {
        return Optional.ofNullable(models.get(name))
                .orElseThrow(() -> RepositoryFault.modelNotFound(name));
    }

    /**
     * What a reference means now.
     *
     * @throws InvalidInputException {@code MODEL_NOT_FOUND}, {@code VERSION_NOT_FOUND}, {@code
     *     ALIAS_NOT_FOUND}
     */
    public PublishedVersion resolve(ModelReference reference) {
        return model(reference.name()).resolve(reference);
    }

    /**
     * Adds a configured folder as a model of one version that cannot be changed.
     *
     * @throws InvalidInputException {@code INVALID_OPTION} when the name is taken
     */
    void mount(String name, Path adapter, VersionRecord record) {
        PublishedVersion version = new PublishedVersion(name, 1, adapter, record, true);
        PublishedModel model =
                new PublishedModel(
                        name,
                        true,
                        2,
                        List.of(version),
                        Map.of(PublishedModel.DEFAULT, AliasHistory.of(1, record.published())));
        if (models.putIfAbsent(name, model) != null) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "The configured model \"" + name + "\" is in the repository too.",
                    "Give the configured folder another name, or delete the published model.");
        }
        tell(listener -> listener.published(version));
    }

    /**
     * Refuses a publication that could not be taken in, before its body is read.
     *
     * @throws InvalidInputException {@code MODEL_READ_ONLY}
     */
    void requireChangeable(String model) {
        changeable(model);
        ownership.require();
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
        String name = publication.model();
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
     * Points an alias to a version; makes the alias if it does not exist.
     *
     * @param version a number, or another alias, whose version is taken
     * @throws InvalidInputException {@code MODEL_NOT_FOUND}, {@code VERSION_NOT_FOUND}, {@code
     *     ALIAS_NOT_FOUND}, {@code MODEL_READ_ONLY}, {@code INVALID_REQUEST} for what is no alias
     */
    public PublishedModel moveAlias(String model, String alias, String version) {
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
    public PublishedModel rollBack(String model, String alias) {
        return change(model, before -> ModelChanges.rolledBack(before, alias));
    }

    /**
     * Deletes an alias, not what it points to.
     *
     * @throws InvalidInputException as {@link #moveAlias}; {@code INVALID_REQUEST} for the default
     */
    public PublishedModel deleteAlias(String model, String alias) {
        return change(model, before -> ModelChanges.withoutAlias(before, alias));
    }

    /**
     * Deletes a version; who reads it at the moment reads on or learns that it is gone.
     *
     * @param version a number or an alias
     * @throws InvalidInputException as {@link #moveAlias}; {@code VERSION_IN_USE} when an alias
     *     other than the default points to it, or it is the only one
     */
    public void deleteVersion(String model, String version) {
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
    public void deleteModel(String model) {
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

    private PublishedModel change(String model, UnaryOperator<PublishedModel> rule) {
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

    private Optional<PublishedModel> changeable(String model) {
        Optional<PublishedModel> there = Optional.ofNullable(models.get(model));
        if (there.filter(PublishedModel::readOnly).isPresent()) {
            throw RepositoryFault.readOnly(model);
        }
        return there;
    }

    private static Supplier<InvalidInputException> notFound(String model) {
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
