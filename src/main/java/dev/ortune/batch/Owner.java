package dev.ortune.batch;

/**
 * Somebody whose flows share the queue with other owners' flows: one share for all of them. Not
 * thread-safe.
 */
final class Owner {

    private final long sequence;
    private final VirtualClock clock = new VirtualClock();
    private double start;
    private long tokens;
    private int flows;

    /**
     * One without flows.
     *
     * @param sequence decides between equals
     */
    Owner(long sequence) {
        this.sequence = sequence;
    }

    long sequence() {
        return sequence;
    }

    /** The clock of its flows among each other. */
    VirtualClock clock() {
        return clock;
    }

    /** Where on the owners' clock its next item may begin. */
    double start() {
        return start;
    }

    /** Tokens of its flows that wait. */
    long tokens() {
        return tokens;
    }

    /** Whether none of its flows waits. */
    boolean isIdle() {
        return flows == 0;
    }

    /**
     * A flow of its own begins to wait.
     *
     * @param now on the owners' clock
     */
    void flowCame(double now) {
        if (isIdle()) {
            start = Math.max(start, now);
        }
        flows++;
    }

    void flowWent() {
        flows--;
    }

    /** So many tokens more wait, or fewer. */
    void changeTokens(int difference) {
        tokens += difference;
    }

    /** So many of its tokens go into a batch. */
    void use(int taken) {
        start += taken;
    }
}
