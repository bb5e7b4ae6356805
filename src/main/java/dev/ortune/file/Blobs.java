package dev.ortune.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/** Files' contents by the files' ids; each appears whole or not at all. Thread-safe. */
public sealed interface Blobs permits FolderBlobs, ObjectBlobs {

    /** What was written. */
    record Written(long bytes, String sha256) {}

    /**
     * Writes a content, or writes it again.
     *
     * @throws dev.ortune.error.InvalidInputException {@code FILE_TOO_LARGE}
     * @throws dev.ortune.error.UnavailableException {@code DISK_FULL}, {@code STORAGE_UNAVAILABLE}
     * @throws IOException when the content breaks off
     */
    Written write(String id, InputStream content, long maxBytes) throws IOException;

    /**
     * Has a content stand under a name that is free.
     *
     * @return whether there is one
     * @throws dev.ortune.error.UnavailableException as {@link #write}
     */
    boolean place(String id, Path target);

    /** Opens a content, the caller's to close. */
    Optional<InputStream> open(String id);

    /** Deletes a content, if there is one. */
    void delete(String id);

    /** Refuses what is no id of ours, before it becomes part of a name. */
    static String require(String id) {
        if (!Ids.PATTERN.matcher(id).matches()) {
            throw new IllegalArgumentException(id);
        }
        return id;
    }

    /** What ids look like. */
    final class Ids {
        private static final Pattern PATTERN = Pattern.compile("file-[a-z0-9-]{1,50}");

        private Ids() {}
    }
}
