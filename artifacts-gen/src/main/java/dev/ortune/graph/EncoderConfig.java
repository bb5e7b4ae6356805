package dev.ortune.graph;

import dev.ortune.graph.op.Activation;

/**
 * The numbers of an encoder that its graph needs, whatever the family calls them in {@code
 * config.json}.
 *
 * @param hiddenSize width of a token's vector
 * @param layers number of transformer layers
 * @param heads attention heads per layer; divides hiddenSize
 * @param intermediateSize width of the feed-forward layer
 * @param vocabularySize rows of the word embedding
 * @param maxPositions rows of the position embedding: the longest text in tokens
 * @param tokenTypes rows of the token-type embedding, 0 for none
 * @param layerNormEpsilon added to the variance
 * @param hiddenDropout rate on embeddings and sub-layer outputs
 * @param attentionDropout rate on attention probabilities
 * @param classifierDropout rate before the classifier
 * @param initializerRange standard deviation of new weights
 * @param activation of the feed-forward layer
 */
public record EncoderConfig(
        int hiddenSize,
        int layers,
        int heads,
        int intermediateSize,
        int vocabularySize,
        int maxPositions,
        int tokenTypes,
        double layerNormEpsilon,
        double hiddenDropout,
        double attentionDropout,
        double classifierDropout,
        double initializerRange,
        Activation activation) {

    /** Width of one attention head. */
    public int headSize() {
        return hiddenSize / heads;
    }

    /** The same encoder with its own dropouts off. */
    public EncoderConfig withoutDropout() {
        return new EncoderConfig(
                hiddenSize,
                layers,
                heads,
                intermediateSize,
                vocabularySize,
                maxPositions,
                tokenTypes,
                layerNormEpsilon,
                0,
                0,
                0,
                initializerRange,
                activation);
    }
}
