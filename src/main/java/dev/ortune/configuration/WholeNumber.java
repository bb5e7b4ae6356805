package dev.ortune.configuration;

import org.eclipse.microprofile.config.spi.Converter;

/**
 * Reads a setting that is a whole number of a range. A setting names its own with {@code @WithConverter};
 * who starts the service with another value is told the setting, the value and the range.
 *
 * <p>Not by Bean Validation: for the sake of a few settings Quarkus would have it read the annotations of
 * every setting of every extension, at each start.
 */
public abstract class WholeNumber implements Converter<Integer> {

    private final int least;
    private final int most;

    /** From one number to another, both included. */
    protected WholeNumber(int least, int most) {
        this.least = least;
        this.most = most;
    }

    /**
     * The number.
     *
     * @throws IllegalArgumentException for a text that is none, or one beyond the range
     */
    @Override
    public final Integer convert(String value) {
        int number;
        try {
            number = Integer.parseInt(value.trim());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(demand(), e);
        }
        if (number < least || number > most) {
            throw new IllegalArgumentException(demand());
        }
        return number;
    }

    private String demand() {
        return most == Integer.MAX_VALUE
                ? "It must be a whole number of at least " + least
                : "It must be a whole number from " + least + " to " + most;
    }
}
