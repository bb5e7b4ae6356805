package dev.ortune.api.fuzz;

import dev.ortune.job.Capacity;
import dev.ortune.job.Claim;
import dev.ortune.job.JobEvent;
import dev.ortune.job.JobEvents;
import dev.ortune.job.JobFailure;
import dev.ortune.job.JobJournal;
import dev.ortune.job.JobOutcome;
import dev.ortune.job.JobProgress;
import dev.ortune.job.JobQueue;
import dev.ortune.job.JobStep;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Moves jobs on without training them, so that requests meet them in all that jobs can become. */
@Singleton
final class StandInWorker {

    private static final String NAME = "stand-in";
    private static final int STEPS = 10;

    private final JobQueue queue;
    private final JobJournal journal;
    private final JobEvents events;

    StandInWorker(JobQueue queue, JobJournal journal, JobEvents events) {
        this.queue = queue;
        this.journal = journal;
        this.events = events;
    }

    /** Moves one job on, if there is one to move. */
    void work(Draw draw) {
        if (draw.chance(0.4)) {
            JobOutcome outcome =
                    draw.chance(0.9) ? new JobOutcome.Validated(1, STEPS) : failed(draw);
            queue.claimToValidate(NAME).ifPresent(claim -> queue.leave(claim.lease(), outcome));
        } else {
            queue.claim(NAME, Capacity.UNLIMITED).ifPresent(claim -> train(claim, draw));
        }
    }

    private void train(Claim claim, Draw draw) {
        String id = claim.job().id();
        int step = 1 + draw.below(STEPS);
        journal.add(
                id,
                IntStream.rangeClosed(1, step).mapToObj(StandInWorker::step).toList(),
                Optional.empty());
        journal.add(
                id,
                1,
                step,
                draw.chance(0.1) ? Double.NaN : 0.5,
                draw.of(
                        List.of(
                                Optional.empty(),
                                Optional.of("{\"loss\":0.5,\"accuracy\":0.75}"),
                                Optional.of("{}"))));
        events.add(id, JobEvent.Level.INFO, "Step " + step, "{\"step\":" + step + "}");
        queue.heartbeat(claim.lease(), new JobProgress(step, STEPS, step));
        if (draw.chance(0.8)) {
            queue.leave(
                    claim.lease(),
                    draw.of(
                            List.of(
                                    new JobOutcome.Succeeded("distilbert-tiny-" + draw.word()),
                                    failed(draw),
                                    new JobOutcome.Paused(),
                                    new JobOutcome.Cancelled(),
                                    new JobOutcome.GivenUp(),
                                    new JobOutcome.Lost("it was killed"))));
        }
    }

    private static JobStep step(int number) {
        return new JobStep(
                number,
                1,
                number == STEPS ? Double.NaN : 1.0 / number,
                0.001,
                number % 2 == 0 ? OptionalDouble.empty() : OptionalDouble.of(1),
                100L * number,
                number);
    }

    private static JobOutcome failed(Draw draw) {
        return new JobOutcome.Failed(new JobFailure("INVALID_TRAINING_FILE", draw.oddText()));
    }
}
