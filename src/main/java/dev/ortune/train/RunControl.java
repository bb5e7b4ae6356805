package dev.ortune.train;

/** Decides between steps whether a run goes on; called on the training thread. */
@FunctionalInterface
public interface RunControl {

    /** Never stops. */
    RunControl TO_THE_END = point -> true;

    /**
     * The run has reached a point.
     *
     * @return whether it goes on; otherwise it ends without a result, to go on another time
     */
    boolean reached(RunPoint point);
}
