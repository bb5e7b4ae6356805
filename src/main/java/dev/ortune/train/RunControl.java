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

    /** Asks this and then the other; the run goes on if both want it to. */
    default RunControl and(RunControl other) {
        return point -> {
            boolean goesOn = reached(point);
            return other.reached(point) && goesOn;
        };
    }
}
