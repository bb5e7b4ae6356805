package dev.ortune.api.inference;

import dev.ortune.serve.LongTexts;
import java.util.Optional;

/** The words by which requests say what becomes of long texts. */
public enum Truncation {
    LEFT("left", LongTexts.CUT_LEFT),
    RIGHT("right", LongTexts.CUT_RIGHT),
    WINDOWS("windows", LongTexts.WINDOWS);

    private final String word;
    private final LongTexts longTexts;

    Truncation(String word, LongTexts longTexts) {
        this.word = word;
        this.longTexts = longTexts;
    }

    /**
     * What a request's word means.
     *
     * @param word empty for the model's own way
     * @throws dev.ortune.error.InvalidInputException {@code INVALID_REQUEST}
     */
    public static LongTexts parse(Optional<String> word, String field) {
        return word.map(given -> named(given, field).longTexts).orElse(LongTexts.AS_CONFIGURED);
    }

    private static Truncation named(String word, String field) {
        for (Truncation truncation : values()) {
            if (truncation.word.equals(word)) {
                return truncation;
            }
        }
        throw FieldFault.of(
                field, Shown.quoted(word) + " is none of \"left\", \"right\" and \"windows\"");
    }
}
