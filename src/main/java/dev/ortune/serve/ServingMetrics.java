package dev.ortune.serve;

import dev.ortune.batch.BatchListener;
import dev.ortune.cache.CacheListener;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.OrtuneException;
import dev.ortune.repository.ModelName;
import dev.ortune.repository.PublishedVersion;
import dev.ortune.repository.RepositoryListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** Counts and times what serving does. Thread-safe. */
final class ServingMetrics
        implements BatchListener, CacheListener, CallListener, RepositoryListener {

    private static final Duration[] TIME_BUCKETS =
            List.of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000).stream()
                    .map(Duration::ofMillis)
                    .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final ModelLabels labels;
    private final int maxTokens;
    private final DistributionSummary batchTexts;
    private final DistributionSummary batchTokens;
    private final DistributionSummary batchModels;
    private final DistributionSummary batchOccupancy;
    private final Timer batchTime;
    private final Timer loads;
    private final Counter failedLoads;
    private final Counter evictions;
    private final Counter sheds;

    /**
     * Registers what has no label.
     *
     * @param maxTokens that fill a batch
     */
    ServingMetrics(MeterRegistry registry, ModelLabels labels, int maxTokens) {
        this.registry = registry;
        this.labels = labels;
        this.maxTokens = maxTokens;
        this.batchTexts = summary("ortune.batch.texts", "Texts per batch", 1, 2, 4, 8, 16, 32, 64);
        this.batchTokens =
                summary("ortune.batch.tokens", "Tokens per batch", 16, 32, 64, 128, 256, 512, 1024);
        this.batchModels = summary("ortune.batch.models", "Models per batch", 1, 2, 4, 8, 16, 32);
        this.batchOccupancy =
                summary(
                        "ortune.batch.occupancy",
                        "Tokens per batch, of those that fill one",
                        0.1,
                        0.25,
                        0.5,
                        0.75,
                        0.9,
                        1);
        this.batchTime = timer("ortune.batch.time", "Computation of a batch").register(registry);
        this.loads = timer("ortune.adapter.load", "Reading an adapter").register(registry);
        this.failedLoads = counter("ortune.adapter.load.failures", "Adapters not read");
        this.evictions = counter("ortune.adapter.evictions", "Adapters that made room for others");
        this.sheds = counter("ortune.texts.shed", "Texts refused because the queue was full");
    }

    @Override
    public void ran(int texts, int tokens, int models, Duration time) {
        batchTexts.record(texts);
        batchTokens.record(tokens);
        batchModels.record(models);
        batchOccupancy.record((double) tokens / maxTokens);
        batchTime.record(time);
    }

    @Override
    public void shed(int texts) {
        sheds.increment(texts);
    }

    @Override
    public void loaded(Duration time) {
        loads.record(time);
    }

    @Override
    public void failed() {
        failedLoads.increment();
    }

    @Override
    public void evicted() {
        evictions.increment();
    }

    @Override
    public void began(PendingCall call) {
        long start = System.nanoTime();
        call.answer()
                .whenComplete(
                        (answer, fault) ->
                                ended(
                                        call.asked(),
                                        Optional.ofNullable(answer),
                                        Optional.ofNullable(fault),
                                        Duration.ofNanos(System.nanoTime() - start)));
    }

    @Override
    public void deleted(PublishedVersion version) {
        labels.free(version.model())
                .ifPresent(
                        own ->
                                registry.getMeters().stream()
                                        .map(Meter::getId)
                                        .filter(id -> hasAll(id, own))
                                        .filter(id -> id.getName().startsWith("ortune."))
                                        .forEach(registry::remove));
    }

    private static boolean hasAll(Meter.Id id, Tags tags) {
        return tags.stream().allMatch(tag -> tag.getValue().equals(id.getTag(tag.getKey())));
    }

    private void ended(
            ModelName asked,
            Optional<ClassificationAnswer> answer,
            Optional<Throwable> fault,
            Duration time) {
        Tags own = labels.of(asked);
        timer("ortune.request", "A classification, from its tokens to its answer")
                .tags(own)
                .tag("outcome", fault.map(ServingMetrics::outcome).orElse("ok"))
                .register(registry)
                .record(time);
        answer.map(ClassificationAnswer::timings)
                .ifPresent(
                        timings -> {
                            timer("ortune.request.queue", "Waiting for a batch")
                                    .tags(own)
                                    .register(registry)
                                    .record(timings.queue());
                            timer("ortune.request.inference", "Computation of the last batch")
                                    .tags(own)
                                    .register(registry)
                                    .record(timings.inference());
                            Counter.builder("ortune.request.tokens")
                                    .description("Tokens computed")
                                    .tags(own)
                                    .register(registry)
                                    .increment(timings.tokens());
                        });
    }

    private static String outcome(Throwable fault) {
        Throwable cause = fault instanceof CompletionException ? fault.getCause() : fault;
        ErrorCode code = cause instanceof OrtuneException known ? known.code() : ErrorCode.INTERNAL;
        return code.name().toLowerCase(java.util.Locale.ROOT);
    }

    private static Timer.Builder timer(String name, String description) {
        return Timer.builder(name).description(description).serviceLevelObjectives(TIME_BUCKETS);
    }

    private DistributionSummary summary(String name, String description, double... buckets) {
        return DistributionSummary.builder(name)
                .description(description)
                .serviceLevelObjectives(buckets)
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
