package dev.ortune.cli;

import dev.ortune.train.TrainingListener;

/** Shows a run to whoever started it; for the training thread. */
interface TrainingView extends TrainingListener {

    /** The run goes on after a step of an earlier one. */
    void goesOn(int step);

    /** Ends the showing, also when the run failed. */
    void close();
}
