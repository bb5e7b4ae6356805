package dev.ortune.train;

/** How the learning rate goes after its warm-up. */
public enum Schedule {
    /** Down to zero at the last step, in a straight line. */
    LINEAR,
    /** No change. */
    CONSTANT
}
