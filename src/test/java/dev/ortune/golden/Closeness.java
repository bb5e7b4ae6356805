package dev.ortune.golden;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares float32 arrays as an oracle test should: relative to the largest value of the tensor. */
public final class Closeness {

    private Closeness() {}

    /**
     * Asserts {@code |actual - expected| <= tolerance * max|expected|} elementwise, with a floor of
     * 1e-7 for tensors that are all zero.
     */
    public static void assertClose(
            String what, float[] actual, float[] expected, double tolerance) {
        assertThat(actual).as(what).hasSameSizeAs(expected);
        double largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        double allowed = Math.max(tolerance * largest, 1e-7);
        for (int i = 0; i < expected.length; i++) {
            assertThat((double) actual[i])
                    .as("%s[%d], allowed difference %s", what, i, allowed)
                    .isBetween(expected[i] - allowed, expected[i] + allowed);
        }
    }
}
