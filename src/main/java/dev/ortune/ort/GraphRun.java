package dev.ortune.ort;

import java.util.Map;

/** A way to run a session's graph forward. Thread-safe. */
interface GraphRun extends AutoCloseable {

    /**
     * Runs the graph.
     *
     * @param inputs every graph input but the fixed ones, by name
     */
    Outputs run(Map<String, ? extends HostTensor> inputs);

    @Override
    void close();
}
