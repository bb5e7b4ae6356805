package dev.ortune.bench.race;

/**
 * One step of each side over the same batch, one right after the other.
 *
 * @param batch the batch
 * @param ours Ortune's step
 * @param theirs PyTorch's step
 */
record Pair(RaceBatch batch, Reply.Stepped ours, Reply.Stepped theirs) {

    /** How many times as fast as PyTorch Ortune was. */
    double ratio() {
        return theirs.seconds() / ours.seconds();
    }
}
