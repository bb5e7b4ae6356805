package dev.ortune.repository.archive;

import java.io.IOException;
import java.io.InputStream;

/** Sees an archive's files in their order, folders left out. */
@FunctionalInterface
interface ArchiveEntryVisitor {

    /** Opens the content; an archive that is read as a stream opens it once. */
    @FunctionalInterface
    interface Content {
        InputStream open() throws IOException;
    }

    /**
     * One file.
     *
     * @param content to be read during the call, or not at all; ends with an error where the
     *     archive is damaged or its limits are exceeded
     */
    void file(EntryPath path, Content content) throws IOException;
}
