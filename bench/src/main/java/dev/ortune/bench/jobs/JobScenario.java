package dev.ortune.bench.jobs;

/** Something to be measured, or drilled. */
interface JobScenario {

    /** Does it; may take long. */
    void run(JobsWorkshop workshop, JobsReport report);
}
