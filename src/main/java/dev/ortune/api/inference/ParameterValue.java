package dev.ortune.api.inference;

/** A value of the Open Inference Protocol's {@code parameters}: string, number or boolean. */
public sealed interface ParameterValue {

    /** A string. */
    record Text(String value) implements ParameterValue {}

    /** A whole number. */
    record Whole(long value) implements ParameterValue {}

    /** A boolean. */
    record Flag(boolean value) implements ParameterValue {}

    /** Anything else: fractions, numbers beyond 64 bits, nothing at all. */
    record Other() implements ParameterValue {}
}
