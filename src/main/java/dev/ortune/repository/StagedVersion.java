package dev.ortune.repository;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A version's files on their way in.
 *
 * @param adapter the folder that they came in
 * @param taken whether a model may have them by now
 * @param undo deletes them where they were brought, if none has
 */
record StagedVersion(Path adapter, VersionRecord record, AtomicBoolean taken, Runnable undo)
        implements AutoCloseable {

    void take() {
        taken.set(true);
    }

    @Override
    public void close() {
        undo.run();
    }
}
