package dev.ortune.dataset.check;

import java.util.function.ToIntFunction;

/**
 * How texts are measured.
 *
 * @param tokens counts a text's tokens, uncut and with special ones; called by several threads
 * @param maxTokens longer texts are cut
 */
public record TokenLengths(ToIntFunction<String> tokens, int maxTokens) {}
