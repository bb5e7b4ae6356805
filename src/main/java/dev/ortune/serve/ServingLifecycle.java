package dev.ortune.serve;

import dev.ortune.batch.MicroBatcher;
import dev.ortune.ort.OrtRuntime;
import dev.ortune.repository.AdapterRepository;
import dev.ortune.repository.PublishedModel;
import dev.ortune.repository.PublishedVersion;
import dev.ortune.role.RoleConfiguration;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jboss.logging.Logger;

/**
 * Makes the service ready before its first request and takes it apart after its last one, both on the
 * main thread: what computes first, then what it computes with.
 */
@Singleton
final class ServingLifecycle {

    private static final Logger LOG = Logger.getLogger(ServingLifecycle.class);
    private static final List<String> WARM_UP = List.of("Nothing to see here.");

    private final OrtRuntime runtime;
    private final AdapterRepository repository;
    private final ServedBases bases;
    private final TextEncoder encoder;
    private final AdapterStore adapters;
    private final MicroBatcher<TextItem> batcher;
    private final Deadlines deadlines;
    private final ClassificationService service;
    private final RoleConfiguration role;

    ServingLifecycle(
            OrtRuntime runtime,
            AdapterRepository repository,
            ServedBases bases,
            TextEncoder encoder,
            AdapterStore adapters,
            MicroBatcher<TextItem> batcher,
            Deadlines deadlines,
            ClassificationService service,
            RoleConfiguration role) {
        this.runtime = runtime;
        this.repository = repository;
        this.bases = bases;
        this.encoder = encoder;
        this.adapters = adapters;
        this.batcher = batcher;
        this.deadlines = deadlines;
        this.service = service;
        this.role = role;
    }

    void start(@Observes StartupEvent event, MeterRegistry registry) {
        gauge(registry, "ortune.queue.tokens", "Tokens that wait", s -> s.batcher.queuedTokens());
        gauge(registry, "ortune.adapters.resident", "Adapters in memory", s -> s.adapters.count());
        gauge(registry, "ortune.adapters.resident.bytes", "Theirs", s -> s.adapters.bytes());
        gauge(registry, "ortune.models", "Models", s -> s.repository.models().size());
        gauge(registry, "ortune.native.handles", "Open ones", s -> s.runtime.openHandles());
        if (role.role().serves()) {
            warmUp();
            LOG.infof(
                    "Serving %d model(s) on %s",
                    repository.models().size(), runtime.selection().device().label());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        batcher.close();
        deadlines.close();
        adapters.close();
        encoder.close();
        bases.close();
        runtime.close();
    }

    /**
     * Opens the sessions that the models need: a text alone and two together for each base and set of
     * adapted layers.
     */
    private void warmUp() {
        Set<List<Object>> seen = new HashSet<>();
        for (PublishedModel model : repository.models()) {
            PublishedVersion version = model.defaultVersion();
            if (seen.add(
                    List.of(version.record().baseWeightsSha256(), version.record().modules()))) {
                answer(version, WARM_UP);
                answer(version, List.of(WARM_UP.get(0), WARM_UP.get(0)));
            }
        }
    }

    private void answer(PublishedVersion version, List<String> texts) {
        try {
            service.classify(ClassificationRequest.of(version.reference(), texts))
                    .answer()
                    .toCompletableFuture()
                    .join();
        } catch (RuntimeException e) {
            LOG.warnf(e, "The model %s does not answer", version.reference());
        }
    }

    private void gauge(
            MeterRegistry registry,
            String name,
            String description,
            ToDoubleFunction<ServingLifecycle> value) {
        Gauge.builder(name, this, value).description(description).register(registry);
    }
}
