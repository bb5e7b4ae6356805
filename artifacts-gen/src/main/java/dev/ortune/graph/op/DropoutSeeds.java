package dev.ortune.graph.op;

import java.util.SplittableRandom;

/** Hands every dropout of a graph its own seed, reproducibly; or switches them all off. */
public final class DropoutSeeds {

    // ONNX Runtime reads the attribute as int64 and steps it once per run.
    private static final long SEED_BOUND = 1L << 31;

    private final boolean active;
    private final SplittableRandom random;

    private DropoutSeeds(boolean active, long seed) {
        this.active = active;
        this.random = new SplittableRandom(seed);
    }

    /** Dropout acts, its masks decided by the seed. */
    public static DropoutSeeds seeded(long seed) {
        return new DropoutSeeds(true, seed);
    }

    /** Dropout is the identity: evaluation, inference, or by the user's choice. */
    public static DropoutSeeds off() {
        return new DropoutSeeds(false, 0);
    }

    boolean active() {
        return active;
    }

    long next() {
        return random.nextLong(SEED_BOUND);
    }
}
