package dev.ortune.job;

/** Why a job that runs is to stop after the step under way. */
public enum StopReason {
    /** Its owner wants it to wait. */
    PAUSE,
    /** Its owner does not want it any more. */
    CANCEL,
    /** Its worker ends; another one will go on. */
    SHUTDOWN,
    /** Another worker may have it by now: nothing of this one's counts any more. */
    LEASE_LOST;

    /** What becomes of a job that was stopped for this reason. */
    public JobOutcome outcome() {
        return switch (this) {
            case PAUSE -> new JobOutcome.Paused();
            case CANCEL -> new JobOutcome.Cancelled();
            case SHUTDOWN, LEASE_LOST -> new JobOutcome.GivenUp();
        };
    }
}
