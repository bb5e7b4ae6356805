package dev.ortune.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FairQueueTest {

    private static final BatchShape SHAPE = new BatchShape(512, 128);

    private final FairQueue<TestItem> queue = new FairQueue<>(100_000);

    @Test
    void anIdleQueueGivesWhatIsThere() {
        add(new TestItem("a", 10));
        assertThat(queue.take(SHAPE)).hasSize(1);
        assertThat(queue.take(SHAPE)).isEmpty();
        assertThat(queue.tokens()).isZero();
    }

    @Test
    void oneFlowIsServedInItsOrder() {
        List<TestItem> items = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            items.add(new TestItem("a", 1 + i % 40));
        }
        items.forEach(this::add);
        assertThat(all()).containsExactlyElementsOf(items);
    }

    @Test
    void aBatchHoldsAtMostItsTokens() {
        for (int i = 0; i < 50; i++) {
            add(new TestItem("a", 100));
        }
        assertThat(queue.take(SHAPE)).hasSize(5);
    }

    @Test
    void aTextBeyondTheBudgetIsABatchByItself() {
        add(new TestItem("a", 600));
        add(new TestItem("b", 5));
        assertThat(queue.take(SHAPE)).hasSize(1);
        assertThat(queue.take(SHAPE)).hasSize(1);
    }

    @Test
    void aLongTextIsNotPaddedWithManyShortOnes() {
        add(new TestItem("long", 400));
        for (int i = 0; i < 11; i++) {
            add(new TestItem("short", 10));
        }
        List<TestItem> batch = queue.take(SHAPE);
        assertThat(batch.get(0).tokens()).isEqualTo(400);
        assertThat(batch.size()).isLessThan(5);
    }

    @Test
    void aBatchStacksAtMostItsRanks() {
        for (int i = 0; i < 50; i++) {
            add(new TestItem("model " + i, 5));
            add(new TestItem("model " + i, 5));
        }
        List<TestItem> batch = queue.take(SHAPE);
        assertThat(batch).extracting(TestItem::flow).hasSize(64);
        assertThat(batch.stream().map(TestItem::flow).distinct()).hasSize(32);
    }

    @Test
    void aBatchHasOneGroupOnly() {
        for (int i = 0; i < 4; i++) {
            add(new TestItem("a" + i, "first", 10));
            add(new TestItem("b" + i, "second", 10));
        }
        assertThat(queue.take(SHAPE)).extracting(TestItem::group).containsOnly("first").hasSize(4);
        assertThat(queue.take(SHAPE)).extracting(TestItem::group).containsOnly("second").hasSize(4);
    }

    @Test
    void aFloodOfOneModelHardlyDelaysAnother() {
        for (int i = 0; i < 1000; i++) {
            add(new TestItem("flood", 50));
        }
        queue.take(SHAPE);
        add(new TestItem("guest", 50));
        assertThat(queue.take(SHAPE)).extracting(TestItem::flow).contains("guest");
    }

    @Test
    void longAndShortTextsGetTheSameTokens() {
        for (int i = 0; i < 800; i++) {
            add(new TestItem("short", 10));
            add(new TestItem("long", 100));
        }
        Map<Object, Integer> served = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            queue.take(SHAPE)
                    .forEach(item -> served.merge(item.flow(), item.tokens(), Integer::sum));
        }
        assertThat((double) served.get("short") / served.get("long")).isCloseTo(1, within(0.1));
    }

    @Test
    void idleTimeEarnsNoCredit() {
        for (int i = 0; i < 1000; i++) {
            add(new TestItem("busy", 50));
        }
        for (int i = 0; i < 20; i++) {
            queue.take(SHAPE);
        }
        for (int i = 0; i < 200; i++) {
            add(new TestItem("late", 50));
        }
        List<TestItem> next = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            next.addAll(queue.take(SHAPE));
        }
        assertThat(next.stream().filter(item -> item.flow().equals("busy")).count())
                .isBetween(15L, 25L);
    }

    @Test
    void aFullQueueRefusesTheLargestFlowAndMakesRoomForOthers() {
        FairQueue<TestItem> small = new FairQueue<>(100);
        List<TestItem> shed = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            assertThat(small.offer(List.of(new TestItem("large", 10)), shed)).isTrue();
        }
        assertThat(small.offer(List.of(new TestItem("large", 10)), shed)).isFalse();
        assertThat(shed).isEmpty();
        assertThat(small.offer(List.of(new TestItem("small", 10)), shed)).isTrue();
        assertThat(shed).extracting(TestItem::flow).containsExactly("large");
        assertThat(small.tokens()).isEqualTo(100);
    }

    @Test
    void anOwnerOfManyFlowsGetsNoMoreThanOneOfOne() {
        for (int i = 0; i < 1000; i++) {
            add(of("many", "model " + i % 50, 20));
            add(of("one", "model", 20));
        }
        Map<Object, Integer> served = served(20);
        assertThat((double) served.get("many") / served.get("one")).isCloseTo(1, within(0.05));
    }

    @Test
    void everNewFlowsAreNoWayRoundTheShareOfTheirOwner() {
        for (int i = 0; i < 200; i++) {
            add(of("one", "model", 20));
        }
        Map<Object, Integer> served = new HashMap<>();
        for (int i = 0; i < 8; i++) {
            for (int model = 0; model < 30; model++) {
                add(of("many", "model " + i + " " + model, 20));
            }
            served(1).forEach((owner, tokens) -> served.merge(owner, tokens, Integer::sum));
        }
        assertThat((double) served.get("many") / served.get("one")).isCloseTo(1, within(0.05));
    }

    @Test
    void anOwnersShareIsItsFlowsInEqualParts() {
        for (int i = 0; i < 1000; i++) {
            add(of("two", "large", 40));
            add(of("two", "small", 10));
            add(of("one", "model", 20));
        }
        Map<Object, Integer> byFlow = new HashMap<>();
        for (int i = 0; i < 40; i++) {
            queue.take(SHAPE)
                    .forEach(item -> byFlow.merge(item.flow(), item.tokens(), Integer::sum));
        }
        assertThat((double) byFlow.get("two's large") / byFlow.get("two's small"))
                .isCloseTo(1, within(0.1));
        assertThat((double) byFlow.get("one's model") / byFlow.get("two's small"))
                .isCloseTo(2, within(0.1));
    }

    @Test
    void anOwnersDebtOutlastsItsIdleness() {
        add(of("heavy", "model", 500));
        assertThat(queue.take(SHAPE)).hasSize(1);
        add(of("light", "model", 20));
        add(of("heavy", "another model", 20));
        assertThat(all()).extracting(TestItem::owner).containsExactly("light", "heavy");
    }

    @Test
    void aFullQueueMakesRoomForTheOwnerThatHoldsLess() {
        FairQueue<TestItem> small = new FairQueue<>(100);
        List<TestItem> shed = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            small.offer(List.of(of("many", "model " + i, 10)), shed);
        }
        for (int i = 0; i < 3; i++) {
            small.offer(List.of(of("one", "model", 10)), shed);
        }
        assertThat(shed).isEmpty();
        assertThat(small.offer(List.of(of("many", "model 7", 10)), shed))
                .as("room is made by a flow of the largest owner's own")
                .isTrue();
        assertThat(small.offer(List.of(of("one", "model", 10)), shed)).isTrue();
        assertThat(shed).extracting(TestItem::owner).containsExactly("many", "many");
        assertThat(small.offer(List.of(of("one", "model", 10)), shed)).isTrue();
        assertThat(small.offer(List.of(of("one", "model", 10)), shed)).isFalse();
        assertThat(shed).extracting(TestItem::owner).containsOnly("many").hasSize(3);
    }

    @Test
    void aFlowThatHasItemsOfTwoGroupsNeverMixesThem() {
        for (int i = 0; i < 10; i++) {
            add(new TestItem("a", i % 2 == 0 ? "old base" : "new base", 10));
        }
        for (int i = 0; i < 2; i++) {
            assertThat(queue.take(SHAPE).stream().map(TestItem::group).distinct()).hasSize(1);
        }
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void abandonedItemsAreDroppedAndCostTheirFlowNothing() {
        TestItem gone = new TestItem("a", 500);
        TestItem there = new TestItem("a", 10);
        add(gone);
        add(there);
        gone.abandon();
        assertThat(queue.take(SHAPE)).containsExactly(there);
    }

    @Property
    void everyItemLeavesExactlyOnce(
            @ForAll @Size(max = 200) List<@IntRange(min = 1, max = 700) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 9) int flows) {
        FairQueue<TestItem> any = new FairQueue<>(Long.MAX_VALUE);
        List<TestItem> items = new ArrayList<>();
        for (int i = 0; i < lengths.size(); i++) {
            String owner = "o" + i % flows % 3;
            items.add(new TestItem(owner, "f" + i % flows, "g" + i % flows % 2, lengths.get(i)));
        }
        items.forEach(item -> any.offer(List.of(item), new ArrayList<>()));
        List<TestItem> removed = items.stream().filter(item -> item.tokens() % 7 == 0).toList();
        removed.forEach(any::remove);
        List<TestItem> left = new ArrayList<>();
        while (!any.isEmpty()) {
            List<TestItem> batch = any.take(SHAPE);
            assertThat(batch).isNotEmpty();
            assertThat(batch.size() == 1 || tokens(batch) <= SHAPE.maxTokens()).isTrue();
            left.addAll(batch);
        }
        List<TestItem> expected = new ArrayList<>(items);
        expected.removeAll(removed);
        assertThat(left).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(any.tokens()).isZero();
    }

    private static TestItem of(String owner, String model, int tokens) {
        return new TestItem(owner, owner + "'s " + model, "base", tokens);
    }

    /** Tokens by owner of the next batches. */
    private Map<Object, Integer> served(int batches) {
        Map<Object, Integer> served = new HashMap<>();
        for (int i = 0; i < batches; i++) {
            queue.take(SHAPE)
                    .forEach(item -> served.merge(item.owner(), item.tokens(), Integer::sum));
        }
        return served;
    }

    private static int tokens(List<TestItem> batch) {
        return batch.stream().mapToInt(TestItem::tokens).sum();
    }

    private void add(TestItem item) {
        assertThat(queue.offer(List.of(item), new ArrayList<>())).isTrue();
    }

    private List<TestItem> all() {
        List<TestItem> items = new ArrayList<>();
        while (!queue.isEmpty()) {
            items.addAll(queue.take(SHAPE));
        }
        return items;
    }
}
