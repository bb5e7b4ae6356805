package dev.ortune.serve;

import dev.ortune.batch.BatchSettings;
import dev.ortune.batch.BatchShape;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** How texts of many requests share batches; checked at start. */
@ConfigMapping(prefix = "ortune.batch")
public interface BatchConfiguration {

    /**
     * A batch is full when it holds so many tokens: enough to fill the processor, few enough that
     * nobody waits long. Environment: {@code ORTUNE_BATCH_MAX_TOKENS}.
     */
    @WithDefault("512")
    @Min(1)
    @Max(1_000_000)
    int maxTokens();

    /**
     * The most LoRA ranks of different models that one batch stacks. Environment: {@code
     * ORTUNE_BATCH_MAX_RANKS}.
     */
    @WithDefault("128")
    @Min(1)
    @Max(1_000_000)
    int maxRanks();

    /**
     * The queue is full, and requests are refused, while it holds so many tokens. Environment: {@code
     * ORTUNE_BATCH_MAX_QUEUED_TOKENS}.
     */
    @WithDefault("65536")
    @Min(1)
    long maxQueuedTokens();

    /**
     * Batches that are computed side by side on the same threads. Environment: {@code
     * ORTUNE_BATCH_LANES}.
     */
    @WithDefault("1")
    @Min(1)
    @Max(64)
    int lanes();

    /** As the batcher takes it. */
    default BatchSettings settings() {
        return new BatchSettings(
                new BatchShape(maxTokens(), maxRanks()), maxQueuedTokens(), lanes());
    }
}
