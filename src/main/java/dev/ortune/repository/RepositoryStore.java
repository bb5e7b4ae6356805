package dev.ortune.repository;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the models of a repository last: a folder of one process ({@link FolderStore}), or a database
 * and an object store of many ({@link SharedStore}). The index in memory is {@link
 * AdapterRepository}'s.
 *
 * <p>Thread-safe; changes of one model are the caller's to serialise within the process.
 */
interface RepositoryStore extends AutoCloseable {

    /** What there is, by name; called once, before anything else. */
    Map<ModelName, PublishedModel> load();

    /** Tells of what other processes change, from now on. */
    void follow(RepositoryFollower follower);

    /** Whether this process may change models, as far as can be told without trying. */
    boolean canChange();

    /**
     * Refuses a change that could not be made.
     *
     * @throws dev.ortune.error.InvalidInputException {@code MODEL_READ_ONLY}
     */
    void requireChangeable();

    /** A hidden folder for what comes in. */
    Draft newDraft();

    /**
     * Brings an adapter's files, the record among them, to where they will last; to be closed whatever
     * comes of them.
     */
    StagedVersion stage(Path adapter, VersionRecord record);

    /**
     * Changes a model: what the work asks for is done when this returns, or nothing of it when it
     * throws.
     *
     * @param known what the index has of the model
     */
    <T> T change(
            ModelName model, Optional<PublishedModel> known, Function<RepositoryChange, T> work);

    /** What is kept here of files that are elsewhere; empty where none are. */
    default Optional<CachedVersions> cached() {
        return Optional.empty();
    }

    @Override
    void close();
}
