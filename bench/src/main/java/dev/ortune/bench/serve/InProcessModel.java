package dev.ortune.bench.serve;

import java.util.List;

/** The model in this process, without HTTP. For one thread. */
interface InProcessModel {

    /**
     * Computes a batch.
     *
     * @param rows of the {@link TextSet}
     */
    void compute(List<Integer> rows);
}
