package dev.ortune.repository;

/** Where a version's files come from when they are read. Thread-safe. */
public interface VersionSource {

    /**
     * Sees to it that the version's folder is on this machine.
     *
     * @throws dev.ortune.error.InvalidInputException {@code VERSION_NOT_FOUND} when it was deleted
     */
    void fetch(PublishedVersion version);

    /** Whether the version was not deleted. */
    boolean isThere(PublishedVersion version);
}
