package dev.ortune.checkpoint;

/** The values of one stored tensor, row-major, decoded on demand. Reading is thread-safe. */
@FunctionalInterface
interface FloatValues {

    /** Decodes {@code count} values from index {@code first} to {@code target[offset...]}. */
    void read(long first, float[] target, int offset, int count);
}
