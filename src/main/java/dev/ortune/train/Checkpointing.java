package dev.ortune.train;

/**
 * Saves a run as its policy says, and ends it with a checkpoint when it is asked to.
 *
 * <p>{@link #stop} may be called by any thread; everything else is the training thread's.
 */
public final class Checkpointing implements RunControl {

    private final CheckpointFolder folder;
    private final CheckpointPolicy policy;
    private volatile boolean stopping;

    public Checkpointing(CheckpointFolder folder, CheckpointPolicy policy) {
        this.folder = folder;
        this.policy = policy;
    }

    /** Ends the run after the step under way, which is saved. */
    public void stop() {
        stopping = true;
    }

    @Override
    public boolean reached(RunPoint point) {
        boolean stop = stopping;
        if (stop
                || point.epochEnded()
                || point.state().progress().step() % policy.everySteps() == 0) {
            folder.save(point);
        }
        return !stop;
    }
}
