package dev.ortune.bench.serve.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {

    @Test
    void everyClientAsksInTurnUntilEnoughAnswersAreThere() {
        Set<Long> asked = ConcurrentHashMap.newKeySet();
        AtomicInteger open = new AtomicInteger();
        LoadResult result =
                ClosedLoop.run(
                        () -> {
                            open.incrementAndGet();
                            return client(asked, open);
                        },
                        new LoadPlan(4, Duration.ZERO, Duration.ofMillis(50), 5, 100));
        assertThat(open).hasValue(0);
        assertThat(result.latencySeconds()).hasSizeGreaterThanOrEqualTo(16);
        assertThat(asked).hasSameSizeAs(result.exchanges()).contains(100L, 101L, 102L, 103L);
    }

    private static LoadClient client(Set<Long> asked, AtomicInteger open) {
        return new LoadClient() {
            @Override
            public Work ask(long sequence) {
                asked.add(sequence);
                try {
                    Thread.sleep(5);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return new Work(HttpAnswer.OK, 1, 1);
            }

            @Override
            public void close() {
                open.decrementAndGet();
            }
        };
    }
}
