package dev.ortune.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * When a delivery is tried again.
 *
 * @param delays after the first failure, the second, and so on; after one more it is given up
 * @param jitter delays grow by a random part of up to this share, so that what failed together does not
 *     come back together
 */
public record RetrySchedule(List<Duration> delays, double jitter) {

    private static final double STANDARD_JITTER = 0.1;

    public RetrySchedule {
        delays = List.copyOf(delays);
        if (jitter < 0 || delays.stream().anyMatch(Duration::isNegative)) {
            throw new IllegalArgumentException(delays + ", jitter " + jitter);
        }
    }

    /** The specification's: ten attempts within a little more than three days. */
    public static RetrySchedule standard() {
        return new RetrySchedule(
                List.of(
                        Duration.ofSeconds(5),
                        Duration.ofMinutes(5),
                        Duration.ofMinutes(30),
                        Duration.ofHours(2),
                        Duration.ofHours(5),
                        Duration.ofHours(10),
                        Duration.ofHours(14),
                        Duration.ofHours(20),
                        Duration.ofHours(24)),
                STANDARD_JITTER);
    }

    /**
     * How long to wait after a failure.
     *
     * @param failures so far, from 1
     * @return empty when it is to be given up
     */
    Optional<Duration> after(int failures) {
        if (failures > delays.size()) {
            return Optional.empty();
        }
        Duration delay = delays.get(failures - 1);
        double more = delay.toMillis() * jitter * ThreadLocalRandom.current().nextDouble();
        return Optional.of(delay.plusMillis(Math.round(more)));
    }

    /** How long an endpoint that seems overloaded is left alone. */
    Duration rest() {
        return delays.isEmpty() ? Duration.ZERO : delays.get(0);
    }
}
