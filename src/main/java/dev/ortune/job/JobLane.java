package dev.ortune.job;

import java.util.Optional;

/** One kind of work that a worker does, by so many threads. Thread-safe. */
interface JobLane {

    /** For threads' names. */
    String name();

    /** How many jobs at the same time, at most. */
    int slots();

    /** Takes a job, if there is one that may be taken. */
    Optional<Claim> claim(String worker);

    /** What is done with it. */
    JobTask task();

    /** A claimed job was left. */
    void left(Job job);
}
