package dev.ortune.batch;

import java.time.Duration;

/** Learns what the batcher does; called by its lanes and by submitting threads, so be quick. */
public interface BatchListener {

    /**
     * A batch was computed.
     *
     * @param texts its items
     * @param tokens theirs
     * @param flows different models among them
     */
    void ran(int texts, int tokens, int flows, Duration time);

    /** So many items were refused or had to leave because the queue was full. */
    void shed(int texts);
}
