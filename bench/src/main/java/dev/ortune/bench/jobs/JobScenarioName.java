package dev.ortune.bench.jobs;

/** The scenarios by their names on the command line. */
enum JobScenarioName {
    /** Processes killed at random moments. */
    KILLS(new KillsScenario()),
    /** Lists and claims over a long queue. */
    QUEUE(new QueueScenario()),
    /** Hundreds of listeners to a job's events. */
    LISTENERS(new ListenersScenario()),
    /** A full disk in the middle of a job. */
    DISK(new DiskScenario()),
    /** A database that goes away in the middle of jobs. */
    DATABASE(new DatabaseScenario()),
    /** A batch of jobs by one worker and by two. */
    WORKERS(new WorkersScenario());

    private final JobScenario scenario;

    JobScenarioName(JobScenario scenario) {
        this.scenario = scenario;
    }

    JobScenario scenario() {
        return scenario;
    }
}
