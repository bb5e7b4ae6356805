package dev.ortune.tuning;

import dev.ortune.dataset.check.DatasetSummary;
import dev.ortune.dataset.check.LengthSummary;
import dev.ortune.graph.EncoderConfig;

/** What a job will take, from its rows' lengths and its base's size. */
final class Estimator {

    /** The program itself: Java, its heap and the runtime's libraries. */
    private static final long PROGRAM_BYTES = 320L << 20;

    /** Texts, their tokens and what Java needs round them, per byte of a row. */
    private static final int BYTES_PER_CHARACTER = 6;

    private static final int CHARACTERS_PER_TOKEN = 5;

    /** A part of a batch, whose activations are all that is stored at a time. */
    private static final int PART_TOKENS = 512;

    private static final int FLOAT_BYTES = 4;

    private Estimator() {}

    /**
     * The estimate.
     *
     * @param weightsBytes of the base, which are mapped
     */
    static TrainingEstimate of(
            Hyperparameters chosen,
            DatasetSummary training,
            EncoderConfig base,
            long weightsBytes) {
        LengthSummary lengths = training.tokens().orElseThrow();
        long rows = training.source().rows();
        long batches = (rows + chosen.batchSize() - 1) / chosen.batchSize();
        long stepsPerEpoch =
                (batches + chosen.gradientAccumulation() - 1) / chosen.gradientAccumulation();
        long all = stepsPerEpoch * chosen.epochs();
        int steps = (int) Math.min(all, chosen.maxSteps().orElse(Integer.MAX_VALUE));
        double perStep = lengths.meanCut() * rows / stepsPerEpoch;
        return new TrainingEstimate(
                steps,
                Math.round(perStep * steps),
                PROGRAM_BYTES
                        + weightsBytes
                        + activationBytes(base, lengths)
                        + Math.round(rows * lengths.mean())
                                * CHARACTERS_PER_TOKEN
                                * BYTES_PER_CHARACTER);
    }

    /**
     * What the forward pass leaves for the backward pass: per layer about ten values of the hidden
     * size and three of the inner one per token, and three attention matrices per head.
     */
    private static long activationBytes(EncoderConfig base, LengthSummary lengths) {
        long longest = Math.min(lengths.longest(), lengths.maxTokens());
        long tokens = Math.max(PART_TOKENS, longest);
        long perToken = 10L * base.hiddenSize() + 3L * base.intermediateSize();
        long attention = 3L * base.heads() * longest * tokens;
        return FLOAT_BYTES * base.layers() * (tokens * perToken + attention);
    }
}
