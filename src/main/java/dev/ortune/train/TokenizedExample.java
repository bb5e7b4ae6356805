package dev.ortune.train;

import dev.ortune.dataset.Target;

/**
 * A text as the model reads it, with its target.
 *
 * @param tokens token ids, special ones included; not to be changed
 * @param target the label or labels
 */
public record TokenizedExample(long[] tokens, Target target) {}
