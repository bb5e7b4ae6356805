package dev.ortune.train;

import static org.assertj.core.api.Assertions.assertThat;

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
                new EpochOrder(EXAMPLES, Recipes.standard().batchSize(10).recipe()).batches(1);
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
        assertThat(order.batches(1)).containsExactly(List.of(0, 1, 2, 3), List.of(4));
        assertThat(order.batches(2)).isEqualTo(order.batches(1));
    }

    @Test
    void aBatchMayBeLargerThanAnyDataset() {
        EpochOrder order =
                new EpochOrder(5, Recipes.standard().batchSize(Integer.MAX_VALUE).recipe());
        assertThat(order.batches(1)).hasSize(1);
        assertThat(order.batches(1).get(0)).hasSize(5);
    }

    private static EpochOrder seeded(long seed) {
        return new EpochOrder(EXAMPLES, Recipes.standard().seed(seed).recipe());
    }

    private static List<Integer> flat(EpochOrder order, int epoch) {
        return order.batches(epoch).stream().flatMap(List::stream).toList();
    }
}
