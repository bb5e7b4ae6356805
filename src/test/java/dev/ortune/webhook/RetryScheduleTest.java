package dev.ortune.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryScheduleTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    @Test
    void theStandardSpansThreeDaysInTenAttempts() {
        RetrySchedule exact = new RetrySchedule(RetrySchedule.standard().delays(), 0);
        Duration sum = Duration.ZERO;
        for (int failures = 1; failures < 10; failures++) {
            sum = sum.plus(exact.after(failures).orElseThrow());
        }
        // The specification's table ends with 75:35:05.
        assertThat(sum).isEqualTo(Duration.ofHours(75).plusMinutes(35).plusSeconds(5));
        assertThat(exact.after(10)).isEmpty();
    }

    @Test
    void delaysAreStretchedAtRandomWithinBounds() {
        RetrySchedule schedule = new RetrySchedule(List.of(Duration.ofSeconds(100)), 0.1);
        List<Duration> delays =
                Stream.generate(() -> schedule.after(1).orElseThrow()).limit(1000).toList();
        assertThat(delays)
                .allMatch(delay -> delay.compareTo(Duration.ofSeconds(100)) >= 0)
                .allMatch(delay -> delay.compareTo(Duration.ofSeconds(110)) <= 0);
        assertThat(delays.stream().distinct().count()).isGreaterThan(100);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0",
                "120|120",
                "99999999|86400",
                "Fri, 02 Jan 2026 03:05:05 GMT|60",
                "Fri, 02 Jan 2026 03:03:05 GMT|-1",
                "soon|-1",
                "-5|-1"
            })
    void retryAfterIsSecondsOrADate(String text, long seconds) {
        Optional<Duration> expected =
                seconds < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
        HttpHeaders headers =
                HttpHeaders.of(Map.of("retry-after", List.of(text)), (name, value) -> true);
        assertThat(RetryAfter.of(headers, NOW)).isEqualTo(expected);
    }
}
