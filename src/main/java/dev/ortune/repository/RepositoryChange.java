package dev.ortune.repository;

import java.util.Optional;

/** One change of one model, while no other process can change it. For one thread. */
interface RepositoryChange {

    /** The model as it is. */
    Optional<PublishedModel> before();

    /** The staged version as it will be in the model. */
    PublishedVersion version(int number, StagedVersion staged);

    /** Adds a version that {@link #version} made. */
    void add(StagedVersion staged, PublishedVersion version, PublishedModel after);

    /** Changes the aliases. */
    void save(PublishedModel after);

    /** Removes a version. */
    void remove(PublishedVersion doomed, PublishedModel after);

    /** Removes the model. */
    void removeModel();
}
