package dev.ortune.job;

import java.util.Optional;

/** Looks through jobs' files, one job after the other. */
public final class ValidationLane implements JobLane {

    private final JobQueue queue;
    private final JobTask task;

    public ValidationLane(JobQueue queue, JobTask task) {
        this.queue = queue;
        this.task = task;
    }

    @Override
    public String name() {
        return "validation";
    }

    @Override
    public int slots() {
        return 1;
    }

    @Override
    public Optional<Claim> claim(String worker) {
        return queue.claimToValidate(worker);
    }

    @Override
    public JobTask task() {
        return task;
    }

    @Override
    public void left(Job job) {
        // Nothing was reserved for it.
    }
}
