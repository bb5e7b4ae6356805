package dev.ortune.repository;

/** Where a version's files come from when they are read. Thread-safe. */
public interface VersionSource {

    /**
     * Sees to it that the version's folder is on this machine, and stays there until it is let go.
     *
     * @throws dev.ortune.error.InvalidInputException {@code VERSION_NOT_FOUND} when it was deleted
     */
    Hold hold(PublishedVersion version);

    /** Whether the version was not deleted. */
    boolean isThere(PublishedVersion version);

    /** What keeps a folder in its place; for whoever is about to read it, and only for so long. */
    interface Hold extends AutoCloseable {

        /** Of a folder that nobody takes away. */
        Hold NONE = () -> {};

        @Override
        void close();
    }
}
