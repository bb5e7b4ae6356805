package dev.ortune.bench;

import dev.ortune.graph.EncoderConfig;

/**
 * The matrix work of training, counted from the shapes: of each linear layer on a token two
 * operations per weight forward and as many for the input's gradient. Attention's products, which
 * depend on the lengths, and everything elementwise are left out, so the share is a lower bound.
 *
 * @param config of the encoder
 */
record TrainingWork(EncoderConfig config) {

    /** Floating-point operations per token of all but the last layer, forward and backward. */
    double flopPerToken() {
        double hidden = config.hiddenSize();
        double layer = 4 * hidden * hidden + 2 * hidden * config.intermediateSize();
        // The lowest layer's only gradient is its query's; the last layer's tokens are keys and
        // values alone.
        double forward = (config.layers() - 1) * layer + 2 * hidden * hidden;
        double backward = (config.layers() - 1) * layer - 3 * hidden * hidden + 2 * hidden * hidden;
        return 2 * (forward + backward);
    }
}
