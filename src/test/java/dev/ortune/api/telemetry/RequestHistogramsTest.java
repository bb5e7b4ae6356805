package dev.ortune.api.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class RequestHistogramsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void timersOfRequestsHaveBucketsAndOthersAreLeftAlone() {
        registry.config().meterFilter(new RequestHistograms());
        assertThat(buckets("http.server.requests")).isEqualTo(13);
        assertThat(buckets("grpc.server.processing.duration")).isEqualTo(13);
        assertThat(buckets("jvm.gc.pause")).isZero();
    }

    private int buckets(String timer) {
        return registry.timer(timer).takeSnapshot().histogramCounts().length;
    }
}
