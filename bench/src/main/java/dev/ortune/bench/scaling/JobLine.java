package dev.ortune.bench.scaling;

import java.util.Optional;

/** Jobs that wait, and in which order they are taken. Of one thread. */
interface JobLine {

    /** A job waits from now on. */
    void add(WaitingJob job);

    /** The job whose turn it is, which runs from now on. */
    Optional<WaitingJob> claim();

    /** A job of a tenant runs no more. */
    void left(int tenant);
}
