package dev.ortune.repository;

import java.util.Optional;
import java.util.function.Supplier;

/** Who keeps an index of a store's models. Thread-safe. */
interface RepositoryFollower {

    /**
     * Another process may have changed a model.
     *
     * @param now reads the model; called while no thread of this process changes it
     */
    void changedElsewhere(ModelName model, Supplier<Optional<PublishedModel>> now);

    /** Whether the index has a version. */
    boolean has(PublishedVersion version);
}
