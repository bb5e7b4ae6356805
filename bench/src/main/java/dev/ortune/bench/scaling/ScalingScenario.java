package dev.ortune.bench.scaling;

import java.util.function.Consumer;

/** Something to be simulated, or measured. */
interface ScalingScenario {

    /**
     * Does it; may take minutes.
     *
     * @param notices told what is being done
     */
    void run(ScalingOptions options, Consumer<String> notices, ScalingReport report);
}
