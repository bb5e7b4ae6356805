package dev.ortune.serve;

import dev.ortune.configuration.WholeNumber;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** How adapters are kept in memory; checked at start. */
@ConfigMapping(prefix = "ortune.adapters")
public interface AdapterConfiguration {

    /**
     * Memory for adapters: the least recently used are let go to stay within it, but for those in
     * use. Environment: {@code ORTUNE_ADAPTERS_MEMORY_BUDGET}.
     */
    @WithDefault("1G")
    MemorySize memoryBudget();

    /** Threads that read adapters. Environment: {@code ORTUNE_ADAPTERS_LOADERS}. */
    @WithDefault("2")
    @WithConverter(Loaders.class)
    int loaders();

    /** From 1 to 64. */
    final class Loaders extends WholeNumber {

        /** Found by SmallRye Config. */
        public Loaders() {
            super(1, 64);
        }
    }
}
