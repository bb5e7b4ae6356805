package dev.ortune.bench.scaling;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Replicas that are asked for adapters.
 *
 * @param models adapters there are, the most popular first
 * @param memoryBytes for adapters, of each replica
 * @param diskBytes likewise
 * @param adapterBytes of one, in memory and on disk
 * @param textsPerSecond of a replica
 */
record CacheCase(
        int models,
        long memoryBytes,
        long diskBytes,
        long adapterBytes,
        int replicas,
        Routing routing,
        double textsPerSecond) {

    /** Until what the first requests found is of no account. */
    private static final double WARM_SECONDS = 300;

    /** How long it is, in all. */
    static final double SECONDS = 2 * WARM_SECONDS;

    /** The requests of all replicas together. */
    int requests() {
        return (int) (SECONDS * textsPerSecond * replicas);
    }

    /**
     * Simulates it, from caches that have what is popular.
     *
     * @param asked the model of each request, at least as many as there are requests
     */
    CacheCounts run(int[] asked) {
        List<Replica> all =
                IntStream.range(0, replicas)
                        .mapToObj(
                                i ->
                                        new Replica(
                                                memoryBytes,
                                                new DiskCache(diskBytes, adapterBytes),
                                                adapterBytes))
                        .toList();
        fill(all);
        Router router = routing.router(replicas);
        CacheCounts counts = new CacheCounts(replicas);
        double rate = textsPerSecond * replicas;
        for (int request = 0; request < requests(); request++) {
            double seconds = request / rate;
            int replica = router.replica(asked[request]);
            Found found = all.get(replica).ask(asked[request]);
            if (seconds >= WARM_SECONDS) {
                counts.add(replica, found);
            }
        }
        return counts;
    }

    /** The most popular last, so that they stay longest. */
    private void fill(List<Replica> all) {
        HashRing ring = new HashRing(replicas);
        boolean everywhere = routing == Routing.RANDOM;
        long places = diskBytes / adapterBytes * (everywhere ? 1 : replicas);
        for (int model = (int) Math.min(models, places) - 1; model >= 0; model--) {
            if (everywhere) {
                for (Replica replica : all) {
                    replica.ask(model);
                }
            } else {
                all.get(ring.first(model)).ask(model);
            }
        }
    }
}
