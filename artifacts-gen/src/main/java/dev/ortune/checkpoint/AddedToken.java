package dev.ortune.checkpoint;

/**
 * A token that is matched before the text is split, as {@code tokenizer.json} lists it.
 *
 * @param content its text
 * @param singleWord whether it is matched only as a whole word
 * @param leftStrip whether it takes the blanks on its left
 * @param rightStrip whether it takes the blanks on its right
 * @param normalized whether it is matched in the normalized text
 * @param special whether it is left out when decoding
 */
record AddedToken(
        String content,
        boolean singleWord,
        boolean leftStrip,
        boolean rightStrip,
        boolean normalized,
        boolean special) {

    /** A special token with the library's defaults. */
    static AddedToken special(String content) {
        return new AddedToken(content, false, false, false, false, true);
    }
}
