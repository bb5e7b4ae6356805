package dev.ortune.train;

import java.util.List;
import java.util.concurrent.Future;

/**
 * A dataset in token ids, in the order of its file, each example ready in its own time.
 *
 * <p>Any thread may ask; it waits for the example, and what went wrong with it is thrown there.
 */
final class TokenizedDataset {

    private final List<Future<TokenizedExample>> examples;

    TokenizedDataset(List<Future<TokenizedExample>> examples) {
        this.examples = List.copyOf(examples);
    }

    TokenizedExample example(int index) {
        return BackgroundThreads.await(examples.get(index));
    }

    /** Tokens of an example. */
    int length(int index) {
        return example(index).tokens().length;
    }

    /** All examples. */
    List<TokenizedExample> examples() {
        return examples.stream().map(BackgroundThreads::await).toList();
    }

    int size() {
        return examples.size();
    }
}
