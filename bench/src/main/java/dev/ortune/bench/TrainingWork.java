package dev.ortune.bench;

import dev.ortune.graph.EncoderConfig;
import java.util.Collection;

/**
 * The matrix work that the exact gradient of LoRA on the queries needs, counted from the shapes, two
 * operations per multiply-add. What is left out is small, so a share of the machine's rate is a
 * lower bound: all elementwise work, LoRA's own products, and per text one row through the last
 * layer's other linear layers and the head.
 *
 * @param config of the encoder
 */
public record TrainingWork(EncoderConfig config) {

    private static final int OPERATIONS = 2;

    /**
     * Floating-point operations of the linear layers per token, forward and backward.
     *
     * <p>Of each layer two operations per weight forward and as many for the input's gradient; the
     * frozen weights have no gradient.
     */
    public double flopPerToken() {
        double hidden = config.hiddenSize();
        double layer = 4 * hidden * hidden + 2 * hidden * config.intermediateSize();
        // The lowest layer's only gradient is its query's; the last layer's tokens are keys and
        // values alone.
        double forward = (config.layers() - 1) * layer + 2 * hidden * hidden;
        double backward = forward - (hasOneLayer() ? 2 : 3) * hidden * hidden;
        return OPERATIONS * (forward + backward);
    }

    /**
     * Floating-point operations of attention's products of one text, forward and backward.
     *
     * <p>A product is {@code tokens x tokens x hidden}: the scores and the context forward; backward
     * the gradients of probabilities, queries, keys and values. The lowest layer needs the first two
     * of them, for below its keys and values nothing is trained. The last layer has one query.
     *
     * @param tokens the text's own length, without padding
     */
    public double attentionFlop(int tokens) {
        double oneQuery = OPERATIONS * (double) tokens * config.hiddenSize();
        double product = tokens * oneQuery;
        if (hasOneLayer()) {
            return (2 + 2) * oneQuery;
        }
        double lowest = (2 + 2) * product;
        double between = (config.layers() - 2) * (2 + 4) * product;
        double last = (2 + 4) * oneQuery;
        return lowest + between + last;
    }

    /**
     * Floating-point operations of a step, the linear layers' and attention's.
     *
     * @param lengths of the texts in tokens, without padding
     */
    public double flop(Collection<Integer> lengths) {
        return lengths.stream()
                .mapToDouble(tokens -> tokens * flopPerToken() + attentionFlop(tokens))
                .sum();
    }

    private boolean hasOneLayer() {
        return config.layers() == 1;
    }
}
