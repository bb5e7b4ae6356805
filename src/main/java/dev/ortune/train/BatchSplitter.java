package dev.ortune.train;

import dev.ortune.dataset.SingleLabelTarget;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.ProblemType;
import dev.ortune.ort.Device;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Splits a batch into parts of like length that run one after the other and add up their gradients.
 *
 * <p>The gradient of a batch is the sum of its parts' gradients, each by its share of the batch's
 * loss: {@code L = Σ_parts share L_part}. So a part of one text needs no padding in attention, and
 * activations are stored for one part at a time. A part that is too small would leave the matrix
 * products inefficient; so short texts stay together.
 *
 * <p>Thread-safe.
 */
public final class BatchSplitter {

    /** Above about so many rows, larger matrix products are no faster (docs/performance.md). */
    private static final int TOKENS_PER_PART = 512;

    private final int tokensPerPart;
    private final Optional<List<Float>> classWeights;

    /**
     * A splitter for some options.
     *
     * @param tokensPerPart a part has at most so many tokens, or one text
     */
    public BatchSplitter(ClassifierOptions options, int tokensPerPart) {
        this.tokensPerPart = tokensPerPart;
        // A positive label's weight in a multi-label loss does not change the mean's divisor.
        this.classWeights =
                options.problemType() == ProblemType.SINGLE_LABEL
                        ? options.labelWeights()
                        : Optional.empty();
    }

    /** A splitter with the part size that trains fastest on the CPU; a GPU takes batches whole. */
    public static BatchSplitter of(ClassifierOptions options, Device device) {
        return new BatchSplitter(
                options, device == Device.CUDA ? Integer.MAX_VALUE : TOKENS_PER_PART);
    }

    /** The parts of a batch, longest texts first. */
    List<Part> split(List<TokenizedExample> batch) {
        List<TokenizedExample> sorted = new ArrayList<>(batch);
        sorted.sort(
                Comparator.comparingInt((TokenizedExample example) -> example.tokens().length)
                        .reversed());
        double all = weight(batch);
        List<Part> parts = new ArrayList<>();
        int start = 0;
        while (start < sorted.size()) {
            int end = end(sorted, start);
            List<TokenizedExample> examples = sorted.subList(start, end);
            parts.add(new Part(examples, (float) (weight(examples) / all)));
            start = end;
        }
        return parts;
    }

    private int end(List<TokenizedExample> sorted, int start) {
        int tokens = sorted.get(start).tokens().length;
        int end = start + 1;
        while (end < sorted.size() && tokens + sorted.get(end).tokens().length <= tokensPerPart) {
            tokens += sorted.get(end).tokens().length;
            end++;
        }
        return end;
    }

    private double weight(List<TokenizedExample> examples) {
        return classWeights
                .map(
                        weights ->
                                examples.stream()
                                        .mapToDouble(example -> weights.get(classOf(example)))
                                        .sum())
                .orElse((double) examples.size());
    }

    private static int classOf(TokenizedExample example) {
        return ((SingleLabelTarget) example.target()).classIndex();
    }

    /**
     * Texts that run together.
     *
     * @param share of their mean loss in the batch's
     */
    record Part(List<TokenizedExample> examples, float share) {

        Part {
            examples = List.copyOf(examples);
        }
    }
}
