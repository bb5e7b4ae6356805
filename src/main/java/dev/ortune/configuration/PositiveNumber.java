package dev.ortune.configuration;

/** One at least. */
public final class PositiveNumber extends WholeNumber {

    /** Found by SmallRye Config. */
    public PositiveNumber() {
        super(1, Integer.MAX_VALUE);
    }
}
