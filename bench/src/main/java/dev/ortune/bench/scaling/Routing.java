package dev.ortune.bench.scaling;

import java.util.Locale;
import java.util.SplittableRandom;

/** How an ingress spreads requests over replicas. */
enum Routing {
    /** As a Service of Kubernetes does. */
    RANDOM {
        @Override
        Router router(int replicas) {
            SplittableRandom random = new SplittableRandom(SEED);
            return model -> random.nextInt(replicas);
        }
    },
    /** By a consistent hash of the model's name. */
    HASH {
        @Override
        Router router(int replicas) {
            HashRing ring = new HashRing(replicas);
            return ring::first;
        }
    },
    /** By a consistent hash; a replica that has a quarter more than its share is passed over. */
    BOUNDED {
        @Override
        Router router(int replicas) {
            return new BoundedRouter(new HashRing(replicas), replicas, BOUND);
        }
    };

    private static final long SEED = 2718;
    private static final double BOUND = 1.25;

    /** A router at its start. */
    abstract Router router(int replicas);

    /** For people. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
