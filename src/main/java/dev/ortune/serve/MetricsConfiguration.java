package dev.ortune.serve;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** What the metrics tell apart; checked at start. */
@ConfigMapping(prefix = "ortune.metrics")
public interface MetricsConfiguration {

    /**
     * Models that have time series of their own, the first to be asked, a shared one for each tenant
     * that asks it; all others together are {@code other}. A deleted model's place is free again. Environment: {@code
     * ORTUNE_METRICS_MAX_MODELS}.
     */
    @WithDefault("50")
    @Min(0)
    @Max(10_000)
    int maxModels();
}
