package dev.ortune.bench.serve;

/** Something to be measured. */
interface Scenario {

    /** Measures; may take long. */
    void run(Workshop workshop, ServeReport report);
}
