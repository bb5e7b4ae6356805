package dev.ortune.bench.serve;

/** The scenarios by their names on the command line. */
enum ScenarioName {
    /** Against the Python services. */
    COMPARE(new CompareScenario()),
    /** HTTP against the same session without HTTP. */
    IN_PROCESS(new InProcessScenario()),
    /** One adapter against many. */
    MANY_ADAPTERS(new ManyAdaptersScenario()),
    /** What an adapter's first request pays. */
    COLD(new ColdScenario()),
    /** What registered adapters cost in memory. */
    MEMORY(new MemoryScenario()),
    /** A long time at saturation while adapters come and go. */
    SOAK(new SoakScenario());

    private final Scenario scenario;

    ScenarioName(Scenario scenario) {
        this.scenario = scenario;
    }

    Scenario scenario() {
        return scenario;
    }
}
