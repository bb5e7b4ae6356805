package dev.ortune.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder of an upload that is under way; what is still there at its end is deleted. For one
 * thread.
 *
 * @param folder hidden from the repository's readers
 */
record Draft(Path folder) implements AutoCloseable {

    private static final String ADAPTER = "adapter";
    private static final String BODY = "body";

    /** Where the adapter's files are gathered. */
    Path adapter() {
        return folder.resolve(ADAPTER);
    }

    /** Where the request's body goes first. */
    Path body() {
        return folder.resolve(BODY);
    }

    void deleteBody() throws IOException {
        Files.deleteIfExists(body());
    }

    @Override
    public void close() {
        Folders.deleteQuietly(folder);
    }
}
