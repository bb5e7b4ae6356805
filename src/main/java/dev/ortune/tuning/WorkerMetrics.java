package dev.ortune.tuning;

import dev.ortune.job.JobOutcome;
import dev.ortune.job.WorkerListener;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;

/** What this process's worker does, in numbers. Labels are lanes, outcomes and error codes. */
final class WorkerMetrics implements WorkerListener {

    private static final String NO_CODE = "none";

    private final MeterRegistry registry;

    WorkerMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void asked(String lane, Duration took) {
        Timer.builder("ortune.jobs.claim")
                .description("Asking the queue for a job, whether there was one or not")
                .tag("lane", lane)
                .register(registry)
                .record(took);
    }

    @Override
    public void left(String lane, JobOutcome outcome) {
        Counter.builder("ortune.jobs.left")
                .description("Jobs that this process has worked on and left")
                .tag("lane", lane)
                .tag("outcome", name(outcome))
                .tag("code", code(outcome))
                .register(registry)
                .increment();
    }

    /** {@code given_up} of {@code GivenUp}. */
    private static String name(JobOutcome outcome) {
        return outcome.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                .toLowerCase(Locale.ROOT);
    }

    private static String code(JobOutcome outcome) {
        if (outcome instanceof JobOutcome.Failed failed) {
            return failed.failure().code();
        }
        if (outcome instanceof JobOutcome.Held held) {
            return held.reason().code();
        }
        return NO_CODE;
    }
}
