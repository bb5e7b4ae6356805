package dev.ortune.api.telemetry;

import dev.ortune.base.OrtuneHome;
import dev.ortune.cache.Recent;
import dev.ortune.webhook.WebhookCounts;
import dev.ortune.webhook.WebhookStore;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.system.DiskSpaceMetrics;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.ToDoubleFunction;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.Readiness;

/** Registers the gauges of the process as a whole when the service starts. */
@Singleton
public final class ServiceMeters {

    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final InstantSource CLOCK = InstantSource.system();
    private static final String BYTES = "bytes";

    private final ProcessMemory memory = new ProcessMemory(Path.of("/proc/self/status"));
    private final OrtuneHome home;
    private final ReadinessChecks readiness;
    private final Recent<WebhookCounts> webhooks;

    ServiceMeters(OrtuneHome home, WebhookStore webhooks, @Readiness Instance<HealthCheck> checks) {
        this.home = home;
        this.readiness = new ReadinessChecks(checks);
        this.webhooks = new Recent<>(webhooks::counts, WebhookCounts.NONE, FRESH, CLOCK);
    }

    void start(@Observes StartupEvent event, MeterRegistry registry) {
        Gauge.builder("ortune.ready", readiness, checks -> checks.areUp() ? 1 : 0)
                .description("1 while every readiness check passes, else 0")
                .register(registry);
        Gauge.builder("process.resident.memory", memory, ProcessMemory::residentBytes)
                .description("Memory of the process, native memory included")
                .baseUnit(BYTES)
                .register(registry);
        Gauge.builder("ortune.memory.limit", memory, ProcessMemory::limitBytes)
                .description("Memory that there is: the container's or the machine's")
                .baseUnit(BYTES)
                .register(registry);
        new DiskSpaceMetrics(home.directory().toAbsolutePath().toFile()).bindTo(registry);
        deliveries(registry, "waiting", WebhookCounts::waiting);
        deliveries(registry, "retrying", WebhookCounts::retrying);
        deliveries(registry, "failed", WebhookCounts::failed);
    }

    private void deliveries(
            MeterRegistry registry, String state, ToDoubleFunction<WebhookCounts> count) {
        Gauge.builder("ortune.webhook.deliveries", webhooks, it -> count.applyAsDouble(it.get()))
                .description("Webhook deliveries that are to be made or were given up")
                .tag("state", state)
                .register(registry);
    }
}
