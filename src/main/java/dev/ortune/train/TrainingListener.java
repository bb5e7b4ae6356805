package dev.ortune.train;

/** Hears how a run goes, on the training thread; must be quick. */
public interface TrainingListener {

    /** Hears nothing. */
    TrainingListener NONE = new TrainingListener() {};

    /** The run is about to start. */
    default void started(int totalSteps) {}

    /** An optimizer step ended. */
    default void stepped(StepReport report) {}

    /** The run is about to be saved as it is after a step; what was heard before will not be said again. */
    default void saving(int step) {}

    /** The run is saved as it is after a step. */
    default void saved(int step) {}

    /** Some texts of an evaluation are done. */
    default void evaluating(int done, int total) {}

    /** An epoch and its evaluation ended. */
    default void epochEnded(EpochReport report) {}
}
