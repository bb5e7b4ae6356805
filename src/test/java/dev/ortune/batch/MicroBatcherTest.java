package dev.ortune.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InternalException;
import dev.ortune.error.OrtuneException;
import dev.ortune.error.RefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class MicroBatcherTest {

    private final AtomicInteger shed = new AtomicInteger();
    private final List<Integer> batches = new CopyOnWriteArrayList<>();
    private final BatchListener listener =
            new BatchListener() {
                @Override
                public void ran(int texts, int tokens, int flows, Duration time) {
                    batches.add(texts);
                }

                @Override
                public void shed(int texts) {
                    shed.addAndGet(texts);
                }
            };

    @Test
    void aLoneItemIsComputedAtOnce() throws Exception {
        try (MicroBatcher<TestItem> batcher = batcher(1000, MicroBatcherTest::succeed)) {
            assertThat(submit(batcher, "a").end().get(1, TimeUnit.SECONDS)).isEmpty();
        }
    }

    @Test
    void whatArrivesDuringABatchIsTheNextOne() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (MicroBatcher<TestItem> batcher = batcher(1000, batch -> passing(gate, batch))) {
            List<TestItem> items = new ArrayList<>(List.of(submit(batcher, "a")));
            awaitEmptyQueue(batcher);
            for (int i = 0; i < 7; i++) {
                items.add(submit(batcher, "m" + i));
            }
            gate.countDown();
            for (TestItem item : items) {
                assertThat(item.end().get()).isEmpty();
            }
        }
        assertThat(batches).containsExactly(1, 7);
    }

    @Test
    void aFullQueueRefusesAndSaysWhenToComeBack() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        try (MicroBatcher<TestItem> batcher = batcher(20, batch -> passing(gate, batch))) {
            submit(batcher, "a");
            awaitEmptyQueue(batcher);
            submit(batcher, "a");
            TestItem newest = submit(batcher, "a");
            assertThatThrownBy(() -> submit(batcher, "a"))
                    .isInstanceOfSatisfying(
                            RefusedException.class,
                            refusal -> {
                                assertThat(refusal.code()).isEqualTo(ErrorCode.OVERLOADED);
                                assertThat(refusal.retryAfter()).isPresent();
                            });
            // Another model's text takes the newest one's place.
            TestItem guest = submit(batcher, "b");
            assertThat(newest.end().get().map(OrtuneException::code))
                    .contains(ErrorCode.OVERLOADED);
            assertThat(shed).hasValue(2);
            gate.countDown();
            assertThat(guest.end().get()).isEmpty();
        }
    }

    @Test
    void aFailingBatchFailsItsItemsAndNothingElse() throws Exception {
        try (MicroBatcher<TestItem> batcher =
                batcher(
                        1000,
                        batch -> {
                            if (batch.get(0).flow().equals("bad")) {
                                throw new IllegalStateException("no");
                            }
                            succeed(batch);
                        })) {
            assertThat(submit(batcher, "bad").end().get().orElseThrow())
                    .isInstanceOf(InternalException.class);
            assertThat(submit(batcher, "good").end().get()).isEmpty();
        }
    }

    @Test
    void withdrawnItemsAreNeverComputed() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        List<TestItem> computed = new CopyOnWriteArrayList<>();
        TestItem gone;
        try (MicroBatcher<TestItem> batcher =
                batcher(
                        1000,
                        batch -> {
                            computed.addAll(batch);
                            passing(gate, batch);
                        })) {
            submit(batcher, "a");
            awaitEmptyQueue(batcher);
            gone = submit(batcher, "a");
            batcher.withdraw(List.of(gone));
            assertThat(batcher.queuedTokens()).isZero();
            gate.countDown();
        }
        assertThat(computed).hasSize(1).doesNotContain(gone);
    }

    @Test
    void closingComputesWhatIsQueuedAndRefusesTheRest() {
        CountDownLatch gate = new CountDownLatch(1);
        MicroBatcher<TestItem> batcher = batcher(10_000, batch -> passing(gate, batch));
        List<TestItem> items = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            items.add(submit(batcher, "m" + i % 3));
        }
        gate.countDown();
        batcher.close();
        assertThat(items).allMatch(item -> item.end().getNow(Optional.empty()).isEmpty());
        assertThat(items).allMatch(item -> item.end().isDone());
        assertThatThrownBy(() -> submit(batcher, "a")).isInstanceOf(RefusedException.class);
    }

    private MicroBatcher<TestItem> batcher(long maxQueuedTokens, BatchRunner<TestItem> runner) {
        return new MicroBatcher<>(
                new BatchSettings(new BatchShape(512, 128), maxQueuedTokens, 1), runner, listener);
    }

    private static TestItem submit(MicroBatcher<TestItem> batcher, String flow) {
        TestItem item = new TestItem(flow, 10);
        batcher.submit(List.of(item));
        return item;
    }

    private static void succeed(List<TestItem> batch) {
        batch.forEach(TestItem::succeed);
    }

    private static void passing(CountDownLatch gate, List<TestItem> batch) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        succeed(batch);
    }

    private static void awaitEmptyQueue(MicroBatcher<TestItem> batcher)
            throws InterruptedException {
        while (batcher.queuedTokens() > 0) {
            Thread.sleep(1);
        }
    }
}
