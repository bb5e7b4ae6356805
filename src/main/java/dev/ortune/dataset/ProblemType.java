package dev.ortune.dataset;

/** How many labels a text carries. */
public enum ProblemType {
    /** Exactly one: softmax and cross-entropy. */
    SINGLE_LABEL,
    /** Any number, none included: one sigmoid per label and binary cross-entropy. */
    MULTI_LABEL
}
