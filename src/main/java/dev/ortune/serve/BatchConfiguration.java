package dev.ortune.serve;

import dev.ortune.batch.BatchSettings;
import dev.ortune.batch.BatchShape;
import dev.ortune.configuration.PositiveNumber;
import dev.ortune.configuration.WholeNumber;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** How texts of many requests share batches; checked at start. */
@ConfigMapping(prefix = "ortune.batch")
public interface BatchConfiguration {

    /**
     * A batch is full when it holds so many tokens: enough to fill the processor, few enough that
     * nobody waits long. Environment: {@code ORTUNE_BATCH_MAX_TOKENS}.
     */
    @WithDefault("512")
    @WithConverter(UpToAMillion.class)
    int maxTokens();

    /**
     * The most LoRA ranks of different models that one batch stacks. Environment: {@code
     * ORTUNE_BATCH_MAX_RANKS}.
     */
    @WithDefault("128")
    @WithConverter(UpToAMillion.class)
    int maxRanks();

    /**
     * The queue is full, and requests are refused, while it holds so many tokens. Environment: {@code
     * ORTUNE_BATCH_MAX_QUEUED_TOKENS}.
     */
    @WithDefault("65536")
    @WithConverter(PositiveNumber.class)
    int maxQueuedTokens();

    /**
     * Batches that are computed side by side on the same threads. Environment: {@code
     * ORTUNE_BATCH_LANES}.
     */
    @WithDefault("1")
    @WithConverter(Lanes.class)
    int lanes();

    /** As the batcher takes it. */
    default BatchSettings settings() {
        return new BatchSettings(
                new BatchShape(maxTokens(), maxRanks()), maxQueuedTokens(), lanes());
    }

    /** From 1 to 1,000,000. */
    final class UpToAMillion extends WholeNumber {

        /** Found by SmallRye Config. */
        public UpToAMillion() {
            super(1, 1_000_000);
        }
    }

    /** From 1 to 64. */
    final class Lanes extends WholeNumber {

        /** Found by SmallRye Config. */
        public Lanes() {
            super(1, 64);
        }
    }
}
