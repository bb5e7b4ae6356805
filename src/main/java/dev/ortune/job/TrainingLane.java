package dev.ortune.job;

import java.util.Optional;

/** Trains jobs, as many at a time as there are slots and memory for. */
public final class TrainingLane implements JobLane {

    private final JobQueue queue;
    private final JobTask task;
    private final int slots;
    private final long memoryBytes;
    private long takenBytes;

    /**
     * A lane.
     *
     * @param memoryBytes that all its jobs together may take, by their estimates
     */
    public TrainingLane(JobQueue queue, JobTask task, int slots, long memoryBytes) {
        this.queue = queue;
        this.task = task;
        this.slots = slots;
        this.memoryBytes = memoryBytes;
    }

    @Override
    public String name() {
        return "training";
    }

    @Override
    public int slots() {
        return slots;
    }

    @Override
    public synchronized Optional<Claim> claim(String worker) {
        Optional<Claim> claim =
                queue.claim(worker, new Capacity(memoryBytes - takenBytes, memoryBytes));
        claim.ifPresent(taken -> takenBytes += taken.job().memoryBytes());
        return claim;
    }

    @Override
    public JobTask task() {
        return task;
    }

    @Override
    public synchronized void left(Job job) {
        takenBytes -= job.memoryBytes();
    }
}
