package dev.ortune.bench.tool;

/**
 * A single number that was measured.
 *
 * @param what it is
 * @param value of it
 * @param unit empty for a count
 * @param demand what is asked of it, for people; empty when nothing is
 * @param holds whether it is met; true when nothing is asked
 */
public record Finding(String what, double value, String unit, String demand, boolean holds) {

    /** A number of which nothing is asked. */
    public static Finding fact(String what, double value, String unit) {
        return new Finding(what, value, unit, "", true);
    }

    /** A number with a limit. */
    public static Finding atMost(String what, double value, String unit, double limit) {
        return new Finding(what, value, unit, "at most " + Figures.of(limit), value <= limit);
    }
}
