package dev.ortune.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EpochOrderTest {

    private static final int EXAMPLES = 103;

    @Test
    void everyEpochVisitsEveryExampleOnce() {
        EpochOrder order = new EpochOrder(EXAMPLES, Recipes.standard().recipe());
        for (int epoch = 1; epoch <= 5; epoch++) {
            assertThat(flat(order, epoch))
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.range(0, EXAMPLES).boxed().toList());
        }
    }

    @Test
    void batchesAreFullButForTheLast() {
        List<List<Integer>> batches =
                new EpochOrder(EXAMPLES, Recipes.standard().batchSize(10).recipe())
                        .batches(1, EpochOrderTest::lengthUnasked);
        assertThat(batches).hasSize(11);
        assertThat(batches.subList(0, 10)).allSatisfy(batch -> assertThat(batch).hasSize(10));
        assertThat(batches.get(10)).hasSize(3);
    }

    @Test
    void epochsDifferFromEachOtherAndFromTheFile() {
        EpochOrder order = new EpochOrder(EXAMPLES, Recipes.standard().recipe());
        assertThat(flat(order, 1))
                .isNotEqualTo(flat(order, 2))
                .isNotEqualTo(IntStream.range(0, EXAMPLES).boxed().toList());
    }

    @Test
    void theSameSeedGivesTheSameOrderAndAnotherSeedAnother() {
        assertThat(flat(seeded(7), 3)).isEqualTo(flat(seeded(7), 3));
        assertThat(flat(seeded(7), 3)).isNotEqualTo(flat(seeded(8), 3));
    }

    @Test
    void neighbouringSeedsDoNotRepeatEachOthersEpochs() {
        assertThat(flat(seeded(7), 2)).isNotEqualTo(flat(seeded(8), 1));
    }

    @Test
    void withoutShufflingTheOrderIsThatOfTheFile() {
        EpochOrder order = new EpochOrder(5, Recipes.standard().inFileOrder().recipe());
        assertThat(order.batches(1, EpochOrderTest::lengthUnasked))
                .containsExactly(List.of(0, 1, 2, 3), List.of(4));
        assertThat(order.batches(2, EpochOrderTest::lengthUnasked))
                .isEqualTo(order.batches(1, EpochOrderTest::lengthUnasked));
    }

    @Test
    void aBatchMayBeLargerThanAnyDataset() {
        EpochOrder order =
                new EpochOrder(5, Recipes.standard().batchSize(Integer.MAX_VALUE).recipe());
        assertThat(order.batches(1, EpochOrderTest::lengthUnasked)).hasSize(1);
        assertThat(order.batches(1, EpochOrderTest::lengthUnasked).get(0)).hasSize(5);
    }

    @Test
    void groupsByLengthHoldWholeSteps() {
        // 103 texts, 6 per step: 4 steps per group, of which the longest comes first.
        EpochOrder order =
                new EpochOrder(
                        EXAMPLES,
                        Recipes.standard().batchSize(2).accumulation(3).groupedByLength().recipe());
        List<Integer> flat =
                order.batches(1, index -> index).stream().flatMap(List::stream).toList();
        assertThat(flat.get(0)).isEqualTo(EXAMPLES - 1);
        assertThat(flat).containsExactlyInAnyOrderElementsOf(order.permutation(1));
        for (int start = 24; start < EXAMPLES; start += 24) {
            assertThat(flat.subList(start + 1, Math.min(EXAMPLES, start + 24)))
                    .isSortedAccordingTo(Comparator.reverseOrder());
        }
    }

    @Test
    void epochsGroupedByLengthDifferAndFollowFromTheSeed() {
        EpochOrder order = new EpochOrder(EXAMPLES, Recipes.standard().groupedByLength().recipe());
        EpochOrder again = new EpochOrder(EXAMPLES, Recipes.standard().groupedByLength().recipe());
        assertThat(order.batches(1, index -> index % 7))
                .isEqualTo(again.batches(1, index -> index % 7))
                .isNotEqualTo(order.batches(2, index -> index % 7));
    }

    @Test
    void theLargestBatchesCanBeGrouped() {
        EpochOrder order =
                new EpochOrder(
                        5,
                        Recipes.standard()
                                .batchSize(Integer.MAX_VALUE)
                                .accumulation(Integer.MAX_VALUE)
                                .groupedByLength()
                                .recipe());
        assertThat(order.batches(1, index -> index)).containsExactly(List.of(4, 3, 2, 1, 0));
    }

    @Test
    void stepsAreCountedUpToTheLastPart() {
        assertThat(new EpochOrder(9, Recipes.standard().batchSize(4).recipe()).stepCount())
                .isEqualTo(3);
        assertThat(
                        new EpochOrder(9, Recipes.standard().batchSize(4).accumulation(2).recipe())
                                .stepCount())
                .isEqualTo(2);
    }

    private static EpochOrder seeded(long seed) {
        return new EpochOrder(EXAMPLES, Recipes.standard().seed(seed).recipe());
    }

    private static List<Integer> flat(EpochOrder order, int epoch) {
        return order.batches(epoch, EpochOrderTest::lengthUnasked).stream()
                .flatMap(List::stream)
                .toList();
    }

    private static int lengthUnasked(int index) {
        throw new AssertionError("asked for the length of " + index);
    }
}
