package dev.ortune.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LeaseCacheTest {

    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger loads = new AtomicInteger();
    private final AtomicInteger evictions = new AtomicInteger();
    private final ExecutorService loaders = Executors.newFixedThreadPool(2);
    private final LeaseCache<String, Value> cache =
            new LeaseCache<>(
                    30,
                    loaders,
                    new CacheListener() {
                        @Override
                        public void loaded(Duration time) {
                            loads.incrementAndGet();
                        }

                        @Override
                        public void failed() {}

                        @Override
                        public void evicted() {
                            evictions.incrementAndGet();
                        }
                    });

    @AfterEach
    void nothingStaysOpen() {
        cache.close();
        loaders.shutdown();
        assertThat(open).hasValue(0);
        assertThat(cache.weight()).isZero();
    }

    @Test
    void aValueIsLoadedOnceForAllWhoAskTogether() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        List<CompletableFuture<Lease<Value>>> leases = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            leases.add(
                    cache.acquire(
                            "a",
                            10,
                            () -> {
                                await(gate);
                                return new Value();
                            }));
        }
        assertThat(leases).noneMatch(CompletableFuture::isDone);
        gate.countDown();
        for (CompletableFuture<Lease<Value>> lease : leases) {
            lease.get().close();
        }
        assertThat(loads).hasValue(1);
        CompletableFuture<Lease<Value>> late = cache.acquire("a", 10, Value::new);
        assertThat(late).isCompleted();
        late.join().close();
    }

    @Test
    void theLeastRecentlyUsedIsLetGo() {
        use("a");
        use("b");
        use("c");
        use("a");
        use("d");
        assertThat(cache.isResident("a")).isTrue();
        assertThat(cache.isResident("b")).isFalse();
        assertThat(cache.isResident("c")).isTrue();
        assertThat(cache.isResident("d")).isTrue();
        assertThat(evictions).hasValue(1);
        assertThat(open).hasValue(3);
        assertThat(cache.weight()).isEqualTo(30);
    }

    @Test
    void whatIsInUseStaysOpenBeyondTheBudget() {
        List<Lease<Value>> leases = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            leases.add(lease("v" + i));
        }
        assertThat(leases).noneMatch(lease -> lease.value().closed.get());
        assertThat(cache.weight()).isEqualTo(50);
        leases.forEach(Lease::close);
        leases.forEach(Lease::close);
        assertThat(cache.weight()).isLessThanOrEqualTo(30);
        assertThat(open).hasValue(3);
    }

    @Test
    void anEvictedValueIsClosedByItsLastUser() {
        Lease<Value> first = lease("a");
        Lease<Value> second = lease("a");
        cache.evict("a");
        assertThat(cache.isResident("a")).isFalse();
        first.close();
        assertThat(second.value().closed).isFalse();
        second.close();
        assertThat(second.value().closed).isTrue();
        assertThat(cache.weight()).isZero();
    }

    @Test
    void aFailedLoadIsToldAndTriedAgain() {
        CompletableFuture<Lease<Value>> failed =
                cache.acquire(
                        "a",
                        10,
                        () -> {
                            throw new IllegalStateException("not today");
                        });
        assertThatThrownBy(failed::join).hasRootCauseMessage("not today");
        assertThat(cache.weight()).isZero();
        use("a");
        assertThat(cache.isResident("a")).isTrue();
    }

    @Test
    void manyThreadsNeverSeeAClosedValue() throws Exception {
        ExecutorService users = Executors.newFixedThreadPool(8);
        List<Future<?>> ends = new ArrayList<>();
        for (int user = 0; user < 8; user++) {
            SplittableRandom random = new SplittableRandom(user);
            ends.add(
                    users.submit(
                            () -> {
                                for (int i = 0; i < 2000; i++) {
                                    String key = "v" + random.nextInt(6);
                                    if (random.nextInt(20) == 0) {
                                        cache.evict(key);
                                    }
                                    try (Lease<Value> lease = lease(key)) {
                                        assertThat(lease.value().closed).isFalse();
                                    }
                                }
                            }));
        }
        for (Future<?> end : ends) {
            end.get();
        }
        users.shutdown();
        assertThat(open.get()).isLessThanOrEqualTo(3);
    }

    private void use(String key) {
        lease(key).close();
    }

    private Lease<Value> lease(String key) {
        return cache.acquire(key, 10, Value::new).join();
    }

    private static void await(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private final class Value implements AutoCloseable {
        private final AtomicBoolean closed = new AtomicBoolean();

        private Value() {
            open.incrementAndGet();
        }

        @Override
        public void close() {
            assertThat(closed.getAndSet(true)).isFalse();
            open.decrementAndGet();
        }
    }
}
