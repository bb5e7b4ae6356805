package dev.ortune.serve;

import dev.ortune.adapter.LabelScheme;
import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.export.PreparedBase;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.ort.OrtRuntime;
import dev.ortune.tokenizer.TextTokenizer;
import dev.ortune.tokenizer.TruncationSide;
import java.util.List;
import java.util.Optional;

/**
 * Texts to labels.
 *
 * <p>Thread-safe: any thread may ask; it tokenizes (together with the common pool) and computes
 * (together with the runtime's pool) in the asking thread, which it blocks meanwhile. Never call it
 * on an event loop.
 */
public final class TextClassifier implements AutoCloseable {

    private final ClassifierSession session;
    private final TextTokenizer tokenizer;
    private final int maxTokens;
    private final TruncationSide truncationSide;
    private final Optional<TextTokenizer> ownedTokenizer;

    private TextClassifier(
            ClassifierSession session,
            TextTokenizer tokenizer,
            int maxTokens,
            TruncationSide truncationSide,
            Optional<TextTokenizer> ownedTokenizer) {
        this.session = session;
        this.tokenizer = tokenizer;
        this.maxTokens = maxTokens;
        this.truncationSide = truncationSide;
        this.ownedTokenizer = ownedTokenizer;
    }

    /**
     * A classifier from parts in memory.
     *
     * @param parameters the tensors of the options' plan; copied now
     * @param tokenizer stays the caller's to close
     * @param maxTokens the longest text in tokens, special tokens included
     */
    public static TextClassifier of(
            OrtRuntime runtime,
            PreparedBase base,
            ClassifierOptions options,
            List<FloatTensor> parameters,
            TextTokenizer tokenizer,
            int maxTokens,
            TruncationSide truncationSide) {
        return new TextClassifier(
                new ClassifierSession(runtime, base, options, parameters),
                tokenizer,
                maxTokens,
                truncationSide,
                Optional.empty());
    }

    /** A classifier that closes its tokenizer too. */
    static TextClassifier owning(
            ClassifierSession session,
            TextTokenizer tokenizer,
            int maxTokens,
            TruncationSide truncationSide) {
        return new TextClassifier(
                session, tokenizer, maxTokens, truncationSide, Optional.of(tokenizer));
    }

    /** The labels, in the order of logits and scores. */
    public LabelScheme labels() {
        return session.labels();
    }

    /** The longest text in tokens, special tokens included; what is longer is cut. */
    public int maxTokens() {
        return maxTokens;
    }

    /** The answers, in the order of the texts. */
    public List<Classification> classify(List<String> texts) {
        return classify(texts, LongTexts.AS_CONFIGURED);
    }

    /**
     * The answers, in the order of the texts.
     *
     * @throws InvalidInputException {@code INVALID_REQUEST} for a text that is too long and to be
     *     refused, and for windows, which it does not know
     */
    List<Classification> classify(List<String> texts, LongTexts longTexts) {
        return classifyTokens(
                switch (longTexts) {
                    case AS_CONFIGURED -> tokenizer.encodeAll(texts, maxTokens, truncationSide);
                    case CUT_LEFT -> tokenizer.encodeAll(texts, maxTokens, TruncationSide.LEFT);
                    case CUT_RIGHT -> tokenizer.encodeAll(texts, maxTokens, TruncationSide.RIGHT);
                    case REFUSE -> wholeTexts(texts);
                    case WINDOWS ->
                            throw new InvalidInputException(
                                    ErrorCode.INVALID_REQUEST,
                                    "Long texts cannot be read in windows here.",
                                    "Have them cut instead.");
                });
    }

    private List<int[]> wholeTexts(List<String> texts) {
        List<int[]> tokens = tokenizer.encodeAll(texts, Integer.MAX_VALUE, truncationSide);
        for (int[] text : tokens) {
            if (text.length > maxTokens) {
                throw new InvalidInputException(
                        ErrorCode.INVALID_REQUEST,
                        "A text has "
                                + text.length
                                + " tokens; the model takes at most "
                                + maxTokens
                                + ".",
                        "Shorten the text, or have it cut.");
            }
        }
        return tokens;
    }

    private List<Classification> classifyTokens(List<int[]> tokens) {
        return session.logits(tokens).stream()
                .map(logits -> Classification.of(logits, session.labels()))
                .toList();
    }

    @Override
    public void close() {
        session.close();
        ownedTokenizer.ifPresent(TextTokenizer::close);
    }
}
