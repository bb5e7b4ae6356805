package dev.ortune.serve;

import dev.ortune.encoder.BaseEncoder;
import dev.ortune.tokenizer.TextTokenizer;

/**
 * A base that answers.
 *
 * @param name as clients see it
 * @param encoder computes
 * @param tokenizer of all adapters that have none of their own
 * @param vocabularySize token ids are below it
 */
record ServedBase(String name, BaseEncoder encoder, TextTokenizer tokenizer, int vocabularySize)
        implements AutoCloseable {

    @Override
    public void close() {
        encoder.close();
        tokenizer.close();
    }
}
