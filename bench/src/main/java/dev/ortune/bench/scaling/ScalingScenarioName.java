package dev.ortune.bench.scaling;

/** The scenarios by their names on the command line. */
enum ScalingScenarioName {
    /** Adapters in memory and on the disk of replicas. */
    CACHE(new CacheScenario()),
    /** Jobs that wait for workers. */
    QUEUE(new QueueScenario()),
    /** All models' names and versions, which each replica has in memory. */
    INDEX(new IndexScenario());

    private final ScalingScenario scenario;

    ScalingScenarioName(ScalingScenario scenario) {
        this.scenario = scenario;
    }

    ScalingScenario scenario() {
        return scenario;
    }
}
