package dev.ortune.tuning;

import dev.ortune.cache.Recent;
import dev.ortune.job.JobCounts;
import dev.ortune.job.JobStatus;
import dev.ortune.job.JobStep;
import dev.ortune.job.JobStore;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.ToDoubleFunction;

/**
 * Jobs in numbers. Labels are slots, of which there are as many as trainings at the same time, and
 * statuses: never tenants, jobs or models. A slot where nothing runs is not a number.
 */
final class TuningMetrics implements TuningListener {

    private static final Duration FRESH = Duration.ofSeconds(5);

    /** What a slot shows. */
    private record Shown(int totalSteps, JobStep step, double validationLoss, double accuracy) {
        static final JobStep NO_STEP =
                new JobStep(0, 0, Double.NaN, Double.NaN, OptionalDouble.empty(), 0, 0);
        static final Shown NOTHING = new Shown(0, NO_STEP, Double.NaN, Double.NaN);
    }

    private final MeterRegistry registry;
    private final Map<Integer, AtomicReference<Shown>> slots = new ConcurrentHashMap<>();
    private final Recent<JobCounts> counts;
    private final Counter steps;
    private final Counter tokens;

    TuningMetrics(MeterRegistry registry, JobStore jobs, InstantSource clock) {
        this.registry = registry;
        this.counts = new Recent<>(jobs::counts, JobCounts.NONE, FRESH, clock);
        this.steps = counter("ortune.training.steps", "Optimizer steps");
        this.tokens = counter("ortune.training.tokens", "Tokens trained");
        for (JobStatus status : JobStatus.values()) {
            Gauge.builder("ortune.jobs", counts, it -> it.get().of(status))
                    .description("Jobs in the database")
                    .tag("status", status.name().toLowerCase(Locale.ROOT))
                    .register(registry);
        }
        Gauge.builder("ortune.jobs.queue.wait.seconds", counts, it -> it.get().oldestWaitSeconds())
                .description("How long the job has waited that has waited longest")
                .register(registry);
    }

    @Override
    public void started(int slot, int totalSteps) {
        shown(slot).set(new Shown(totalSteps, Shown.NO_STEP, Double.NaN, Double.NaN));
    }

    @Override
    public void stepped(int slot, JobStep step) {
        Shown before = shown(slot).get();
        steps.increment();
        // A run that goes on has trained tokens before that do not count again.
        if (before.step().step() > 0 || step.step() == 1) {
            tokens.increment(Math.max(0, step.tokens() - before.step().tokens()));
        }
        shown(slot)
                .set(
                        new Shown(
                                before.totalSteps(),
                                step,
                                before.validationLoss(),
                                before.accuracy()));
    }

    @Override
    public void evaluated(int slot, double validationLoss, double accuracy, double macroF1) {
        Shown before = shown(slot).get();
        shown(slot).set(new Shown(before.totalSteps(), before.step(), validationLoss, accuracy));
    }

    @Override
    public void ended(int slot) {
        shown(slot).set(Shown.NOTHING);
    }

    private AtomicReference<Shown> shown(int slot) {
        return slots.computeIfAbsent(slot, this::register);
    }

    private AtomicReference<Shown> register(int slot) {
        AtomicReference<Shown> shown = new AtomicReference<>(Shown.NOTHING);
        gauge(slot, shown, "step", "Optimizer steps done", it -> it.step().step());
        gauge(slot, shown, "planned.steps", "Of the whole training", Shown::totalSteps);
        gauge(slot, shown, "epoch", "Under way", it -> it.step().epoch());
        gauge(slot, shown, "loss", "Of the last step", it -> it.step().loss());
        gauge(slot, shown, "learning.rate", "Of the last step", it -> it.step().learningRate());
        gauge(
                slot,
                shown,
                "gradient.norm",
                "Of the last step",
                it -> it.step().gradientNorm().orElse(Double.NaN));
        gauge(
                slot,
                shown,
                "tokens.per.second",
                "So far",
                it -> it.step().step() == 0 ? Double.NaN : it.step().tokensPerSecond());
        gauge(slot, shown, "validation.loss", "Of the last epoch", Shown::validationLoss);
        gauge(slot, shown, "validation.accuracy", "Of the last epoch", Shown::accuracy);
        return shown;
    }

    private void gauge(
            int slot,
            AtomicReference<Shown> shown,
            String name,
            String description,
            ToDoubleFunction<Shown> value) {
        Gauge.builder("ortune.training." + name, shown, it -> value.applyAsDouble(it.get()))
                .description(description)
                .tag("slot", Integer.toString(slot))
                .register(registry);
    }

    private Counter counter(String name, String description) {
        return Counter.builder(name).description(description).register(registry);
    }
}
