package dev.ortune.train;

/**
 * Saves a run as its policy says, and ends it with a checkpoint when it is asked to.
 *
 * <p>{@link #stop} may be called by any thread; everything else is the training thread's.
 */
public final class Checkpointing implements RunControl {

    private final CheckpointFolder folder;
    private final CheckpointPolicy policy;
    private final TrainingListener listener;
    private volatile boolean stopping;

    /**
     * A control.
     *
     * @param listener hears of what is saved
     */
    public Checkpointing(
            CheckpointFolder folder, CheckpointPolicy policy, TrainingListener listener) {
        this.folder = folder;
        this.policy = policy;
        this.listener = listener;
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
            int step = point.state().progress().step();
            listener.saving(step);
            folder.save(point);
            listener.saved(step);
        }
        return !stop;
    }
}
