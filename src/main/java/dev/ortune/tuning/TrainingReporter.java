package dev.ortune.tuning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ortune.job.Job;
import dev.ortune.job.JobEvent.Level;
import dev.ortune.job.JobEvents;
import dev.ortune.job.JobJournal;
import dev.ortune.job.JobProgress;
import dev.ortune.job.JobStep;
import dev.ortune.job.StopReason;
import dev.ortune.job.TaskControl;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Passes on what a training says: to the job's journal, its events, its lease, and gauges. */
final class TrainingReporter {

    /** Steps that get an event of their own, of a whole job. */
    private static final int STEP_EVENTS = 100;

    private static final Duration BETWEEN_WRITES = Duration.ofSeconds(1);
    private static final int MOST_STEPS = 500;

    /** Where reports are written. */
    record Places(JobJournal journal, JobEvents events, TuningListener listener) {

        /** The same for what gauges have shown before. */
        Places unheard() {
            return new Places(journal, events, TuningListener.NONE);
        }
    }

    private final Job job;
    private final TaskControl control;
    private final Places places;
    private final InstantSource clock;
    private final int slot;
    private final JsonMapper mapper = JsonMapper.builder().build();
    private final PendingWrites writes = new PendingWrites();
    private final List<JobStep> steps = new ArrayList<>();
    private Instant written;
    private int totalSteps;
    private JobProgress progress;

    TrainingReporter(Job job, TaskControl control, Places places, InstantSource clock, int slot) {
        this.job = job;
        this.control = control;
        this.places = places;
        this.clock = clock;
        this.slot = slot;
        this.written = clock.instant();
        this.progress = job.progress();
    }

    /** Takes in what was said. */
    void hear(TrainingNews news) {
        if (news instanceof TrainingNews.Started started) {
            totalSteps = started.totalSteps();
            places.listener().started(slot, totalSteps);
            event("training", "Training for " + totalSteps + " steps.", mapper.createObjectNode());
            reached(progress.step(), progress.checkpointStep());
        } else if (news instanceof TrainingNews.Resumed resumed) {
            String message = "Training goes on after step " + resumed.step() + ".";
            writes.add(() -> places.events().add(job.id(), Level.INFO, message, "{}"));
            reached(resumed.step(), resumed.step());
        } else if (news instanceof TrainingNews.Stepped stepped) {
            step(stepped.step());
        } else if (news instanceof TrainingNews.Saved saved) {
            reached(progress.step(), saved.step());
        } else if (news instanceof TrainingNews.EpochEnded epoch) {
            flushSteps();
            epoch(epoch);
        }
    }

    /** Whether the training should wait, since nothing of what it says can be written. */
    boolean isFull() {
        return writes.isFull();
    }

    /** Writes once in a while. */
    void writeIfDue() {
        if (steps.size() >= MOST_STEPS || clock.instant().isAfter(written.plus(BETWEEN_WRITES))) {
            write();
        }
    }

    /** Writes what there is, as far as it goes; whether nothing is left. */
    boolean write() {
        flushSteps();
        boolean all = writes.flush();
        written = clock.instant();
        return all;
    }

    /**
     * Writes what there is, and waits for a database that is away.
     *
     * @return whether nothing is left; false when the worker is to stop
     */
    boolean writeAll() throws InterruptedException {
        while (!write()) {
            if (mustLeave()) {
                return false;
            }
            Thread.sleep(BETWEEN_WRITES.toMillis());
        }
        return true;
    }

    /** Another worker has the job by now, or this one's process ends. */
    private boolean mustLeave() {
        Optional<StopReason> stop = control.stopAsked();
        return stop.isPresent()
                && (stop.get() == StopReason.LEASE_LOST || stop.get() == StopReason.SHUTDOWN);
    }

    private void step(JobStep step) {
        steps.add(step);
        places.listener().stepped(slot, step);
        reached(step.step(), progress.checkpointStep());
        int every = Math.max(1, (totalSteps + STEP_EVENTS - 1) / STEP_EVENTS);
        if (step.step() % every == 0 || step.step() == totalSteps) {
            ObjectNode data =
                    mapper.createObjectNode()
                            .put("step", step.step())
                            .put("total_steps", totalSteps)
                            .put("epoch", step.epoch())
                            .put("train_loss", step.loss())
                            .put("learning_rate", step.learningRate());
            step.gradientNorm().ifPresent(norm -> data.put("grad_norm", norm));
            data.put("tokens_per_second", step.tokensPerSecond());
            event(
                    "step-" + step.step(),
                    String.format(
                            Locale.ROOT,
                            "Step %d/%d: training loss=%.4f",
                            step.step(),
                            totalSteps,
                            step.loss()),
                    data);
        }
    }

    private void epoch(TrainingNews.EpochEnded epoch) {
        writes.add(
                () ->
                        places.journal()
                                .add(
                                        job.id(),
                                        epoch.epoch(),
                                        epoch.step(),
                                        epoch.trainingLoss(),
                                        epoch.evaluation().map(JsonNode::toString)));
        ObjectNode data =
                mapper.createObjectNode()
                        .put("epoch", epoch.epoch())
                        .put("step", epoch.step())
                        .put("train_loss", epoch.trainingLoss());
        StringBuilder message =
                new StringBuilder(
                        String.format(
                                Locale.ROOT,
                                "Epoch %d: training loss=%.4f",
                                epoch.epoch(),
                                epoch.trainingLoss()));
        epoch.evaluation()
                .ifPresent(
                        evaluation -> {
                            double loss = evaluation.path("loss").asDouble();
                            double accuracy = evaluation.path("accuracy").asDouble();
                            double macroF1 = evaluation.path("macroF1").asDouble();
                            data.put("full_valid_loss", loss)
                                    .put("full_valid_accuracy", accuracy)
                                    .put("full_valid_macro_f1", macroF1);
                            message.append(
                                    String.format(
                                            Locale.ROOT,
                                            ", validation loss=%.4f, accuracy=%.4f, macro-F1=%.4f",
                                            loss,
                                            accuracy,
                                            macroF1));
                            places.listener().evaluated(slot, loss, accuracy, macroF1);
                        });
        event("epoch-" + epoch.epoch(), message.toString(), data);
    }

    private void event(String topic, String message, ObjectNode data) {
        String json = data.toString();
        writes.add(() -> places.events().addOnce(job.id(), topic, Level.INFO, message, json));
    }

    private void reached(int step, int checkpointStep) {
        progress = new JobProgress(step, totalSteps, checkpointStep);
        control.reached(progress);
    }

    private void flushSteps() {
        if (steps.isEmpty()) {
            return;
        }
        List<JobStep> some = List.copyOf(steps);
        steps.clear();
        JobStep last = some.get(some.size() - 1);
        long left = Math.round(1e3 * last.seconds() / last.step() * (totalSteps - last.step()));
        Optional<Instant> finish = Optional.of(clock.instant().plusMillis(left));
        writes.add(() -> places.journal().add(job.id(), some, finish));
    }
}
