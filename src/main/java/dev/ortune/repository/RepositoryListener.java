package dev.ortune.repository;

/**
 * Hears of changes once they are on the disk and every new request sees them.
 *
 * <p>Called by the changing thread, while the model's other changes wait, so that one model's events
 * come in their order; it must be quick and must not change the repository. What it throws is
 * logged.
 */
public interface RepositoryListener {

    /** A version was added. */
    default void published(PublishedVersion version) {}

    /** A version is gone, by itself or with its model. */
    default void deleted(PublishedVersion version) {}

    /**
     * An alias points to another version; of a new version's publication after {@link #published},
     * of the default's target's deletion after {@link #deleted}.
     */
    default void aliasMoved(String alias, PublishedVersion target) {}
}
