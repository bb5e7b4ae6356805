package dev.ortune.batch;

import java.util.List;

/** Computes batches, on the batcher's lanes and on threads that help. */
@FunctionalInterface
public interface BatchRunner<T extends BatchItem> {

    /**
     * Computes a batch of one group and tells its items; may throw, in which case all of them fail.
     */
    void run(List<T> batch);
}
