package dev.ortune.serve;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

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
    @Min(1)
    @Max(64)
    int loaders();
}
