package dev.ortune.bench.race;

import java.util.List;

/**
 * Reviews that are trained in one step.
 *
 * @param reviews at least one
 */
record RaceBatch(List<TokenizedReview> reviews) {

    RaceBatch {
        reviews = List.copyOf(reviews);
    }

    /** Each text's length in tokens, without padding. */
    List<Integer> lengths() {
        return reviews.stream().map(TokenizedReview::tokens).toList();
    }

    /** Tokens of all texts, without padding. */
    long tokens() {
        return lengths().stream().mapToLong(Integer::longValue).sum();
    }

    /** Tokens of the rectangle that the batch is padded to. */
    long paddedTokens() {
        return (long) reviews.size()
                * lengths().stream().mapToInt(Integer::intValue).max().orElse(0);
    }

    Request.Step step(double learningRate) {
        return new Request.Step(
                reviews.stream().map(TokenizedReview::ids).toList(),
                reviews.stream().map(TokenizedReview::label).toList(),
                learningRate);
    }
}
