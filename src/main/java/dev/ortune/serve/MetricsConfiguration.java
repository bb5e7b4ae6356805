package dev.ortune.serve;

import dev.ortune.configuration.WholeNumber;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;

/** What the metrics tell apart; checked at start. */
@ConfigMapping(prefix = "ortune.metrics")
public interface MetricsConfiguration {

    /**
     * Models that have time series of their own, the first to be asked, a shared one for each tenant
     * that asks it; all others together are {@code other}. A deleted model's place is free again. Environment: {@code
     * ORTUNE_METRICS_MAX_MODELS}.
     */
    @WithDefault("50")
    @WithConverter(Models.class)
    int maxModels();

    /** From 0 to 10,000. */
    final class Models extends WholeNumber {

        /** Found by SmallRye Config. */
        public Models() {
            super(0, 10_000);
        }
    }
}
