package dev.ortune.job;

/**
 * How far a job has come, in optimizer steps.
 *
 * @param step done
 * @param totalSteps 0 while unknown
 * @param checkpointStep the last one that was saved, from where it would go on
 */
public record JobProgress(int step, int totalSteps, int checkpointStep) {

    /** Before the first step. */
    public static JobProgress none() {
        return new JobProgress(0, 0, 0);
    }
}
