package dev.ortune.webhook;

import java.time.Duration;

/**
 * How deliveries are sent.
 *
 * @param timeout for an endpoint's answer; the specification has 15 to 30 s
 * @param rest how long to wait before looking for the first time; the processors are the start's until then
 * @param poll how long to wait before looking for due deliveries again, when there were none
 * @param lease how long an endpoint is a sender's, well above the timeout; a sender that dies holds it up
 *     for so long
 * @param maxInFlight requests at the same time, never two to one endpoint
 * @param retention how long deliveries that are over can be looked at
 */
public record SenderSettings(
        Duration timeout,
        Duration rest,
        Duration poll,
        Duration lease,
        int maxInFlight,
        RetrySchedule schedule,
        Duration retention) {

    public SenderSettings {
        if (lease.compareTo(timeout) <= 0 || maxInFlight < 1) {
            throw new IllegalArgumentException(
                    lease + " against " + timeout + ", " + maxInFlight + " in flight");
        }
    }

    /** What suits a service. */
    public static SenderSettings standard() {
        return new SenderSettings(
                Duration.ofSeconds(15),
                Duration.ofMillis(500),
                Duration.ofSeconds(1),
                Duration.ofSeconds(60),
                16,
                RetrySchedule.standard(),
                Duration.ofDays(7));
    }
}
