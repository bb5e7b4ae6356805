package dev.ortune.tokenizer;

/** The end of a long text that is cut off, as Transformers' {@code truncation_side} means it. */
public enum TruncationSide {
    /** The beginning is cut off, the end is kept. */
    LEFT,
    /** The end is cut off, the beginning is kept. */
    RIGHT
}
