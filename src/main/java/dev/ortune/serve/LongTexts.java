package dev.ortune.serve;

/** What becomes of a text that is longer than its model's tokens. */
public enum LongTexts {
    /** Cut at the end that the model's tokenizer configuration names. */
    AS_CONFIGURED,
    /** Its beginning is cut off. */
    CUT_LEFT,
    /** Its end is cut off. */
    CUT_RIGHT,
    /** Read in overlapping windows, whose probabilities are averaged. */
    WINDOWS,
    /** Refused with {@code INVALID_REQUEST}, the limit and its own length in the message. */
    REFUSE
}
