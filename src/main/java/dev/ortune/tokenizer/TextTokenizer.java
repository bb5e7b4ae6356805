package dev.ortune.tokenizer;

import ai.djl.engine.EngineException;
import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.error.UnavailableException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A Hugging Face tokenizer: text in, token ids with the model's special tokens out.
 *
 * <p>Safe for use by many threads: the native tokenizer is never changed after it was made, so that
 * encodings run side by side; only {@link #close()} waits for those under way.
 */
public final class TextTokenizer implements AutoCloseable {

    private static final Map<String, String> WHOLE_TEXT =
            Map.of("addSpecialTokens", "true", "truncation", "false", "padding", "false");

    private static final int REPLACEMENT_CHARACTER = 0xFFFD;

    private final ReadWriteLock lifetime = new ReentrantReadWriteLock();
    private final HuggingFaceTokenizer tokenizer;
    private boolean closed;

    private TextTokenizer(HuggingFaceTokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * Reads a {@code tokenizer.json}. Truncation and padding stored in it are ignored.
     *
     * @throws InvalidInputException {@code TOKENIZER_FORMAT} when the file cannot be read or is no
     *     tokenizer
     * @throws UnavailableException {@code RUNTIME_UNAVAILABLE} when the native library cannot be
     *     loaded
     */
    public static TextTokenizer of(Path tokenizerJson) {
        try {
            return of(Files.readAllBytes(tokenizerJson), tokenizerJson.toString());
        } catch (IOException e) {
            throw TokenizerFile.malformed(
                    tokenizerJson.toString(),
                    "it cannot be read (" + e.getClass().getSimpleName() + ")",
                    e);
        }
    }

    /**
     * As {@link #of(Path)}, from the file's bytes.
     *
     * @param name the file's name for messages
     */
    public static TextTokenizer of(byte[] tokenizerJson, String name) {
        byte[] content = TokenizerFile.withoutTruncationAndPadding(tokenizerJson, name);
        NativeLibrary.configure();
        try {
            return new TextTokenizer(
                    HuggingFaceTokenizer.newInstance(
                            new ByteArrayInputStream(content), WHOLE_TEXT));
        } catch (LinkageError | EngineException e) {
            throw new UnavailableException(
                    ErrorCode.RUNTIME_UNAVAILABLE,
                    "The native tokenizer library cannot be loaded on this machine.",
                    "Use a supported platform, and let DJL_CACHE_DIR name a folder that can be written.",
                    e);
        } catch (IOException | RuntimeException e) {
            throw TokenizerFile.malformed(name, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * The token ids of a text.
     *
     * @param text half surrogate pairs in it count as U+FFFD, the replacement character
     * @param maxTokens the longest result, special tokens included
     * @return [T] with {@code T <= maxTokens}; special tokens alone for an empty text
     * @throws InvalidInputException {@code INVALID_OPTION} when {@code maxTokens} has no room for
     *     the special tokens
     */
    public int[] encode(String text, int maxTokens, TruncationSide side) {
        Encoding encoding = encode(text);
        return TokenTruncation.truncate(
                encoding.getIds(), encoding.getSpecialTokenMask(), maxTokens, side);
    }

    /**
     * The token ids of a text in overlapping windows, one if it fits.
     *
     * @param maxTokens of a window, special tokens included
     * @param overlap tokens that a window repeats of the one before it
     * @throws InvalidInputException {@code INVALID_OPTION} when a window has no room for more than
     *     special tokens and overlap
     */
    public List<int[]> encodeWindows(String text, int maxTokens, int overlap) {
        Encoding encoding = encode(text);
        return TokenWindows.of(
                encoding.getIds(), encoding.getSpecialTokenMask(), maxTokens, overlap);
    }

    private Encoding encode(String text) {
        String valid = replaceHalfSurrogatePairs(text);
        lifetime.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the tokenizer is closed");
            }
            return tokenizer.encode(valid);
        } finally {
            lifetime.readLock().unlock();
        }
    }

    /** The token ids of each text, in the order of the texts, made on all processors. */
    public List<int[]> encodeAll(List<String> texts, int maxTokens, TruncationSide side) {
        return texts.parallelStream().map(text -> encode(text, maxTokens, side)).toList();
    }

    /** Frees the native memory once the encodings under way are done. */
    @Override
    public void close() {
        lifetime.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                tokenizer.close();
            }
        } finally {
            lifetime.writeLock().unlock();
        }
    }

    /** The native side takes UTF-8, which cannot spell half a pair. */
    private static String replaceHalfSurrogatePairs(String text) {
        if (text.codePoints().noneMatch(TextTokenizer::isHalfPair)) {
            return text;
        }
        StringBuilder result = new StringBuilder(text.length());
        text.codePoints()
                .map(codePoint -> isHalfPair(codePoint) ? REPLACEMENT_CHARACTER : codePoint)
                .forEach(result::appendCodePoint);
        return result.toString();
    }

    private static boolean isHalfPair(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }
}
