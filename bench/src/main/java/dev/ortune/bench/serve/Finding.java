package dev.ortune.bench.serve;

/**
 * A single number that was measured.
 *
 * @param what it is
 * @param value of it
 * @param unit empty for a count
 * @param demand what is asked of it, for people; empty when nothing is
 * @param holds whether it is met; true when nothing is asked
 */
record Finding(String what, double value, String unit, String demand, boolean holds) {

    static Finding fact(String what, double value, String unit) {
        return new Finding(what, value, unit, "", true);
    }

    static Finding atMost(String what, double value, String unit, double limit) {
        return new Finding(
                what, value, unit, "at most " + ServeReport.number(limit), value <= limit);
    }
}
