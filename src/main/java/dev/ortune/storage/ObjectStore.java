package dev.ortune.storage;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Files by key, {@code letters/and-digits.parted/by-slashes}; each appears whole or not at all, and is
 * replaced as a whole. Thread-safe; every method blocks its thread.
 *
 * <p>Every method throws {@link dev.ortune.error.UnavailableException} {@code STORAGE_UNAVAILABLE} when
 * the store cannot be reached, and {@code DISK_FULL} when there is no room.
 */
public interface ObjectStore {

    /** Stores a file's content. */
    void put(String key, Path file);

    /**
     * Brings a content to this machine.
     *
     * @param target a file in a folder that exists
     * @return whether there was one
     */
    boolean fetch(String key, Path target);

    /** Opens a content, the caller's to close. */
    Optional<InputStream> open(String key);

    /** The keys that begin with a prefix, in their order. */
    List<String> list(String prefix);

    /** Deletes a content, if there is one. */
    void delete(String key);

    /** Where it is, for people. */
    String place();
}
