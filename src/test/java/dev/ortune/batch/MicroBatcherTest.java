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

    @Test
    void whoHelpsComputesOnItsOwnThreadWhereALaneIsFree() {
        List<Thread> threads = new CopyOnWriteArrayList<>();
        try (MicroBatcher<TestItem> batcher =
                batcher(
                        1000,
                        batch -> {
                            threads.add(Thread.currentThread());
                            succeed(batch);
                        })) {
            TestItem item = new TestItem("a", 10);
            batcher.submitAndHelp(List.of(item));
            assertThat(item.end().isDone()).isTrue();
            assertThat(threads).containsExactly(Thread.currentThread());
        }
    }

    @Test
    void whoWouldHelpLeavesItsItemsToABusyLane() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        TestItem item = new TestItem("a", 10);
        try (MicroBatcher<TestItem> batcher = batcher(1000, batch -> passing(gate, batch))) {
            submit(batcher, "b");
            awaitEmptyQueue(batcher);
            batcher.submitAndHelp(List.of(item));
            assertThat(item.end().isDone()).isFalse();
            gate.countDown();
            assertThat(item.end().get()).isEmpty();
        }
    }

    @Test
    void whatAHelperLeavesInTheQueueALaneComputes() throws Exception {
        try (MicroBatcher<TestItem> batcher = batcher(10_000, MicroBatcherTest::succeed)) {
            List<TestItem> items = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                items.add(new TestItem("a", 10));
            }
            batcher.submitAndHelp(items);
            for (TestItem item : items) {
                assertThat(item.end().get()).isEmpty();
            }
        }
        assertThat(batches.size()).isGreaterThan(1);
    }

    @Test
    void lanesAndHelpersTogetherAreNoMoreThanTheLanes() throws Exception {
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<TestItem> items = new CopyOnWriteArrayList<>();
        MicroBatcher<TestItem> batcher =
                batcher(
                        100_000,
                        batch -> {
                            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                            Thread.yield();
                            atOnce.decrementAndGet();
                            succeed(batch);
                        });
        List<Thread> submitters = new ArrayList<>();
        for (int number = 0; number < 4; number++) {
            boolean helps = number % 2 == 0;
            Thread thread =
                    new Thread(
                            () -> {
                                for (int i = 0; i < 500; i++) {
                                    TestItem item = new TestItem("m" + i % 3, 10);
                                    items.add(item);
                                    if (helps) {
                                        batcher.submitAndHelp(List.of(item));
                                    } else {
                                        batcher.submit(List.of(item));
                                    }
                                }
                            });
            submitters.add(thread);
            thread.start();
        }
        for (Thread submitter : submitters) {
            submitter.join();
        }
        batcher.close();
        assertThat(items).hasSize(2000).allMatch(item -> item.end().isDone());
        assertThat(most).hasValue(1);
    }

    @Test
    void closingWaitsForAHelper() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        TestItem item = new TestItem("a", 10);
        MicroBatcher<TestItem> batcher =
                batcher(
                        1000,
                        batch -> {
                            begun.countDown();
                            passing(gate, batch);
                        });
        Thread helper = new Thread(() -> batcher.submitAndHelp(List.of(item)));
        helper.start();
        begun.await();
        Thread closer = new Thread(batcher::close);
        closer.start();
        closer.join(50);
        assertThat(closer.isAlive()).isTrue();
        gate.countDown();
        closer.join();
        assertThat(item.end().isDone()).isTrue();
        helper.join();
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
