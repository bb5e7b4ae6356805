package dev.ortune.bench.scaling;

/**
 * How long a request waits for its adapter.
 *
 * @param readMilliseconds from this machine's disk into memory
 * @param fetchMilliseconds from the object store to the disk, before that
 */
record ReadTimes(double readMilliseconds, double fetchMilliseconds) {

    /** Of a request on average. */
    double meanMilliseconds(CacheCounts counts) {
        return (1 - counts.memoryShare()) * readMilliseconds
                + counts.storeShare() * fetchMilliseconds;
    }
}
