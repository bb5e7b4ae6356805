package dev.ortune.serve;

import dev.ortune.error.ErrorCode;
import dev.ortune.storage.StorageListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How long the shared storage takes, and how often it fails. Thread-safe. */
final class StorageMetrics implements StorageListener {

    private static final Duration[] BUCKETS =
            List.of(5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 60_000).stream()
                    .map(Duration::ofMillis)
                    .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Counter failures;

    StorageMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.failures =
                Counter.builder("ortune.storage.failures")
                        .description("Calls of the shared storage that failed")
                        .register(registry);
    }

    @Override
    public void called(String operation, Duration took, Optional<ErrorCode> fault) {
        if (fault.isPresent()) {
            failures.increment();
        }
        Timer.builder("ortune.storage")
                .description("Calls of the shared storage, failed ones too")
                .serviceLevelObjectives(BUCKETS)
                .tag("operation", operation)
                .register(registry)
                .record(took);
    }
}
