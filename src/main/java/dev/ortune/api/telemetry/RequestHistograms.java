package dev.ortune.api.telemetry;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Has Quarkus's timers of requests, over both protocols, tell how many took how long. Thread-safe. */
@Singleton
public final class RequestHistograms implements MeterFilter {

    private static final Set<String> TIMERS =
            Set.of("http.server.requests", "grpc.server.processing.duration");

    /** From a lone short text to what {@code ortune.request-timeout} allows. */
    private static final double[] BUCKETS_NANOS =
            List.of(2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 30_000).stream()
                    .mapToDouble(millis -> Duration.ofMillis(millis).toNanos())
                    .toArray();

    @Override
    public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
        if (!TIMERS.contains(id.getName())) {
            return config;
        }
        return DistributionStatisticConfig.builder()
                .serviceLevelObjectives(BUCKETS_NANOS)
                .build()
                .merge(config);
    }
}
