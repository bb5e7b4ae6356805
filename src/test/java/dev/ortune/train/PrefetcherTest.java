package dev.ortune.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.UnavailableException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PrefetcherTest {

    private static final String THREAD = "test-prefetcher";

    @Test
    void everyElementComesInTheOrderOfTheSource() {
        List<Integer> seen = new ArrayList<>();
        try (Prefetcher<Integer> ahead = over(IntStream.range(0, 1000).boxed().iterator())) {
            ahead.forEachRemaining(seen::add);
            assertThatThrownBy(ahead::next).isInstanceOf(NoSuchElementException.class);
        }
        assertThat(seen).isEqualTo(IntStream.range(0, 1000).boxed().toList());
        assertThat(LiveThreads.named(THREAD)).isEmpty();
    }

    @Test
    void itRunsAheadByItsDepthAndNoFurther() throws InterruptedException {
        AtomicInteger made = new AtomicInteger();
        CountDownLatch both = new CountDownLatch(2);
        Iterator<Integer> source =
                Stream.generate(
                                () -> {
                                    int number = made.incrementAndGet();
                                    both.countDown();
                                    return number;
                                })
                        .iterator();
        try (Prefetcher<Integer> ahead = over(source)) {
            both.await();
            assertThat(made).hasValue(2);
            assertThat(ahead.next()).isEqualTo(1);
            assertThat(ahead.next()).isEqualTo(2);
            assertThat(ahead.next()).isEqualTo(3);
            assertThat(made.get()).isLessThanOrEqualTo(5);
        }
    }

    @Test
    void aFailureIsThrownWhereItsElementIsTaken() {
        Iterator<Integer> source =
                Stream.of(1, 2, 0, 4)
                        .map(
                                value -> {
                                    if (value == 0) {
                                        throw new IllegalArgumentException("the third");
                                    }
                                    return value;
                                })
                        .iterator();
        try (Prefetcher<Integer> ahead = over(source)) {
            assertThat(ahead.next()).isEqualTo(1);
            assertThat(ahead.next()).isEqualTo(2);
            assertThatThrownBy(ahead::next)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the third");
        }
        assertThat(LiveThreads.named(THREAD)).isEmpty();
    }

    @Test
    void anInterruptedWaitIsToldAndTheThreadEnds() {
        CountDownLatch never = new CountDownLatch(1);
        try (Prefetcher<Integer> ahead = over(waiting(never))) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(ahead::next)
                    .isInstanceOfSatisfying(
                            UnavailableException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.RUNTIME_UNAVAILABLE));
        } finally {
            assertThat(Thread.interrupted()).as("still interrupted after close").isTrue();
        }
        assertThat(LiveThreads.named(THREAD)).isEmpty();
    }

    @Test
    void closingEndsAThreadThatWaits() {
        over(waiting(new CountDownLatch(1))).close();
        assertThat(LiveThreads.named(THREAD)).isEmpty();
    }

    private static Iterator<Integer> waiting(CountDownLatch latch) {
        return Stream.generate(
                        () -> {
                            try {
                                latch.await();
                                return 1;
                            } catch (InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        })
                .iterator();
    }

    private static Prefetcher<Integer> over(Iterator<Integer> source) {
        return new Prefetcher<>(THREAD, source, 2);
    }
}
