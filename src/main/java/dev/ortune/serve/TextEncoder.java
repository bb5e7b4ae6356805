package dev.ortune.serve;

import dev.ortune.cache.CacheListener;
import dev.ortune.cache.Lease;
import dev.ortune.cache.LeaseCache;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.error.OrtuneException;
import dev.ortune.repository.PublishedVersion;
import dev.ortune.tokenizer.TextTokenizer;
import dev.ortune.tokenizer.TruncationSide;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/**
 * Texts to token ids, with the tokenizer of a version or its base's, cut as the request wants it.
 *
 * <p>Thread-safe; encodes in the calling thread, many texts together with the common pool.
 */
final class TextEncoder implements AutoCloseable {

    /** A window repeats the last eighth of the one before it. */
    private static final int OVERLAP_PARTS = 8;

    private static final int TEXTS_WORTH_SHARING = 8;
    private static final long OWN_TOKENIZERS_BUDGET_BYTES = 64L << 20;

    /** What a tokenizer takes in memory, roughly: a vocabulary of 30,000 words. */
    private static final long TOKENIZER_BYTES = 8L << 20;

    private final LeaseCache<String, TextTokenizer> own =
            new LeaseCache<>(OWN_TOKENIZERS_BUDGET_BYTES, Runnable::run, CacheListener.silent());

    /**
     * Each text's windows of token ids; but for {@link LongTexts#WINDOWS} each has one.
     *
     * @throws InvalidInputException {@code INVALID_REQUEST} for a text that is too long and to be
     *     refused; {@code TOKENIZER_FORMAT} when the version's own tokenizer does not fit its base
     */
    List<List<int[]>> encode(
            PublishedVersion version, ServedBase base, List<String> texts, LongTexts longTexts) {
        Optional<String> ownTokenizer = version.record().tokenizerSha256();
        if (ownTokenizer.isEmpty()) {
            return encode(version, base, base.tokenizer(), texts, longTexts);
        }
        try (Lease<TextTokenizer> lease = lease(version, ownTokenizer.get())) {
            return encode(version, base, lease.value(), texts, longTexts);
        }
    }

    private Lease<TextTokenizer> lease(PublishedVersion version, String sha256) {
        try {
            return own.acquire(
                            sha256,
                            TOKENIZER_BYTES,
                            () ->
                                    TextTokenizer.of(
                                            version.readTokenizer().orElseThrow(),
                                            "tokenizer.json of " + version.reference()))
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof OrtuneException cause ? cause : e;
        }
    }

    private static List<List<int[]>> encode(
            PublishedVersion version,
            ServedBase base,
            TextTokenizer tokenizer,
            List<String> texts,
            LongTexts longTexts) {
        int maxTokens = version.record().maxTokens();
        TruncationSide side = version.record().truncationSide();
        Stream<String> stream =
                texts.size() < TEXTS_WORTH_SHARING ? texts.stream() : texts.parallelStream();
        return stream.map(
                        text ->
                                switch (longTexts) {
                                    case AS_CONFIGURED -> one(tokenizer, text, maxTokens, side);
                                    case CUT_LEFT ->
                                            one(tokenizer, text, maxTokens, TruncationSide.LEFT);
                                    case CUT_RIGHT ->
                                            one(tokenizer, text, maxTokens, TruncationSide.RIGHT);
                                    case REFUSE -> whole(tokenizer, text, maxTokens);
                                    case WINDOWS ->
                                            tokenizer.encodeWindows(
                                                    text, maxTokens, maxTokens / OVERLAP_PARTS);
                                })
                .map(windows -> checked(windows, version, base))
                .toList();
    }

    private static List<int[]> one(
            TextTokenizer tokenizer, String text, int maxTokens, TruncationSide side) {
        return List.of(tokenizer.encode(text, maxTokens, side));
    }

    private static List<int[]> whole(TextTokenizer tokenizer, String text, int maxTokens) {
        int[] tokens = tokenizer.encode(text, Integer.MAX_VALUE, TruncationSide.RIGHT);
        if (tokens.length > maxTokens) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_REQUEST,
                    "A text has "
                            + tokens.length
                            + " tokens; the model takes at most "
                            + maxTokens
                            + ".",
                    "Shorten the text, or have it cut.");
        }
        return List.of(tokens);
    }

    /** A token that the base does not know would fail the whole batch, others' texts included. */
    private static List<int[]> checked(
            List<int[]> windows, PublishedVersion version, ServedBase base) {
        for (int[] window : windows) {
            for (int token : window) {
                if (token < 0 || token >= base.vocabularySize()) {
                    throw misfit(
                            version,
                            "it gives the token " + token + " of " + base.vocabularySize());
                }
            }
            if (window.length == 0) {
                throw misfit(version, "it gives no token at all for a text");
            }
        }
        return windows;
    }

    private static InvalidInputException misfit(PublishedVersion version, String what) {
        return new InvalidInputException(
                ErrorCode.TOKENIZER_FORMAT,
                "The tokenizer of " + version.reference() + " does not fit its base: " + what + ".",
                "Publish the adapter with the tokenizer that it was trained with.");
    }

    @Override
    public void close() {
        own.close();
    }
}
