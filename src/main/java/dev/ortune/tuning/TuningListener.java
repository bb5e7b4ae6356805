package dev.ortune.tuning;

import dev.ortune.job.JobStep;

/** Hears how training goes, for gauges and counters; from the workers' threads, and must be quick. */
public interface TuningListener {

    /** Hears nothing. */
    TuningListener NONE = new TuningListener() {};

    /**
     * A training is under way.
     *
     * @param slot where it runs: numbers from 0, used again and again
     */
    default void started(int slot, int totalSteps) {}

    /** A step ended. */
    default void stepped(int slot, JobStep step) {}

    /** An epoch and its evaluation ended. */
    default void evaluated(int slot, double validationLoss, double accuracy, double macroF1) {}

    /** The training is over, whatever came of it. */
    default void ended(int slot) {}
}
