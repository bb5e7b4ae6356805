package dev.ortune.bench.serve;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ortune.bench.race.Quantiles;
import dev.ortune.tokenizer.TextTokenizer;
import dev.ortune.tokenizer.TruncationSide;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Texts with their tokens.
 *
 * @param label for people
 * @param texts the clients' requests take them in turn
 * @param tokens each text's ids, special ones included, at most {@link #MAX_TOKENS}
 */
record TextSet(String label, List<String> texts, List<int[]> tokens) {

    /** Where every side cuts. */
    static final int MAX_TOKENS = 512;

    TextSet {
        texts = List.copyOf(texts);
        tokens = List.copyOf(tokens);
    }

    static TextSet of(TextKind kind, TextTokenizer tokenizer) {
        List<String> texts = kind.texts();
        return new TextSet(
                kind.label(), texts, tokenizer.encodeAll(texts, MAX_TOKENS, TruncationSide.RIGHT));
    }

    /** One text alone. */
    TextSet only(long sequence) {
        int row = row(sequence);
        return new TextSet(label, List.of(texts.get(row)), List.of(tokens.get(row)));
    }

    /** The text of a request. */
    int row(long sequence) {
        return (int) Math.floorMod(sequence, (long) texts.size());
    }

    /** The JSON body that asks for one text; every side takes it. */
    byte[] body(int row) {
        return JsonMapper.builder()
                .build()
                .createObjectNode()
                .put("text", texts.get(row))
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Tokens per text. */
    Quantiles lengths() {
        return Quantiles.of(tokens.stream().map(ids -> (double) ids.length).toList());
    }

    /** Tokens per text, on average. */
    double meanLength() {
        return tokens.stream().mapToInt(ids -> ids.length).average().orElse(0);
    }

    /** Words per text, on average. */
    double meanWords() {
        return texts.stream().mapToInt(SentenceCutter::words).average().orElse(0);
    }
}
