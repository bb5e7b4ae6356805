package dev.ortune.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.job.JobFailure;
import dev.ortune.job.JobOutcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a worker does can be followed without a series for each job. */
class WorkerMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final WorkerMetrics metrics = new WorkerMetrics(registry);

    @Test
    void questionsAreTimedByLane() {
        metrics.asked("validation", Duration.ofMillis(1));
        metrics.asked("training", Duration.ofMillis(250));
        metrics.asked("training", Duration.ofMillis(250));
        assertThat(registry.get("ortune.jobs.claim").tag("lane", "training").timer())
                .satisfies(
                        timer -> {
                            assertThat(timer.count()).isEqualTo(2);
                            assertThat(timer.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(500);
                        });
    }

    @Test
    void outcomesAreCountedWithTheReasonOfThoseThatHaveOne() {
        JobFailure full = new JobFailure("DISK_FULL", "The disk is full.");
        metrics.left("validation", new JobOutcome.Validated(1, 1));
        metrics.left("training", new JobOutcome.Succeeded("m"));
        metrics.left("training", new JobOutcome.Succeeded("n"));
        metrics.left("training", new JobOutcome.Held(full));
        metrics.left("training", new JobOutcome.Failed(full));
        metrics.left("training", new JobOutcome.GivenUp());
        assertThat(left("validation", "validated", "none")).isEqualTo(1);
        assertThat(left("training", "succeeded", "none")).isEqualTo(2);
        assertThat(left("training", "held", "DISK_FULL")).isEqualTo(1);
        assertThat(left("training", "failed", "DISK_FULL")).isEqualTo(1);
        assertThat(left("training", "given_up", "none")).isEqualTo(1);
    }

    private double left(String lane, String outcome, String code) {
        return registry.get("ortune.jobs.left")
                .tags("lane", lane, "outcome", outcome, "code", code)
                .counter()
                .count();
    }
}
