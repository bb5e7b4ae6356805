package dev.ortune.bench.scaling;

/** Where requests found their adapters, and at which replicas; of one thread. */
final class CacheCounts {

    private final long[] found = new long[Found.values().length];
    private final long[] asked;
    private long requests;

    CacheCounts(int replicas) {
        this.asked = new long[replicas];
    }

    void add(int replica, Found where) {
        found[where.ordinal()]++;
        asked[replica]++;
        requests++;
    }

    double memoryShare() {
        return share(Found.MEMORY);
    }

    double storeShare() {
        return share(Found.STORE);
    }

    private double share(Found where) {
        return (double) found[where.ordinal()] / requests;
    }

    /** The requests of the busiest replica over a replica's fair share. */
    double imbalance() {
        long most = 0;
        for (long one : asked) {
            most = Math.max(most, one);
        }
        return (double) most * asked.length / requests;
    }
}
