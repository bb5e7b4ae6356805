package dev.ortune.batch;

/**
 * How a batcher works.
 *
 * @param shape of a batch
 * @param maxQueuedTokens the queue is full once it holds so many
 * @param lanes batches that are computed side by side
 */
public record BatchSettings(BatchShape shape, long maxQueuedTokens, int lanes) {

    public BatchSettings {
        if (maxQueuedTokens < 1 || lanes < 1) {
            throw new IllegalArgumentException(maxQueuedTokens + " tokens, " + lanes + " lanes");
        }
    }
}
