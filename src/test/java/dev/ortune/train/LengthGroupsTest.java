package dev.ortune.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class LengthGroupsTest {

    @Example
    void theOrderIsThatOfTransformers() {
        // get_length_grouped_indices of Transformers gives this where randperm gives the first
        // list.
        List<Integer> shuffled = List.of(3, 0, 9, 5, 1, 8, 2, 7, 4, 6, 10, 11, 12, 13, 15, 14, 16);
        int[] lengths = {4, 9, 2, 7, 7, 12, 1, 12, 3, 7, 5, 5, 5, 6, 1, 14, 14};
        assertThat(LengthGroups.order(shuffled, 2, index -> lengths[index]))
                .containsExactly(15, 3, 9, 0, 7, 1, 8, 2, 4, 10, 11, 6, 5, 13, 12, 14, 16);
    }

    @Example
    void aGroupHasFiftyBatchesOrAQuarterOfTheTexts() {
        assertThat(LengthGroups.groupSize(100_000, 4)).isEqualTo(200);
        assertThat(LengthGroups.groupSize(100, 4)).isEqualTo(24);
        assertThat(LengthGroups.groupSize(15, 4)).isEqualTo(4);
        assertThat(LengthGroups.groupSize(3, 4)).isEqualTo(3);
        assertThat(LengthGroups.groupSize(3, Long.MAX_VALUE)).isEqualTo(3);
    }

    @Property(tries = 300)
    void everyTextComesOnceAndALongestFirst(
            @ForAll @Size(min = 1, max = 300) List<@IntRange(min = 1, max = 64) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 40) int batchSize,
            @ForAll long seed) {
        List<Integer> order =
                LengthGroups.order(shuffled(lengths.size(), seed), batchSize, lengths::get);
        assertThat(order)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, lengths.size()).boxed().toList());
        assertThat(lengths.get(order.get(0))).isEqualTo(Collections.max(lengths));
    }

    @Property(tries = 300)
    void lengthsNeverRiseWithinAGroupAfterItsFirst(
            @ForAll @Size(min = 1, max = 300) List<@IntRange(min = 1, max = 64) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 40) int batchSize,
            @ForAll long seed) {
        List<Integer> order =
                LengthGroups.order(shuffled(lengths.size(), seed), batchSize, lengths::get);
        int groupSize = LengthGroups.groupSize(lengths.size(), batchSize);
        for (int start = 0; start < order.size(); start += groupSize) {
            List<Integer> rest =
                    order.subList(start + 1, Math.min(order.size(), start + groupSize));
            assertThat(rest.stream().map(lengths::get).toList())
                    .isSortedAccordingTo(Comparator.reverseOrder());
        }
    }

    /** The slots beyond those of the ungrouped order are what the longest text's new place costs. */
    @Property(tries = 300)
    void fullBatchesNeedNoMoreSlotsThanUngrouped(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = 64) Integer> some,
            @ForAll @IntRange(min = 1, max = 8) int batchSize,
            @ForAll long seed) {
        List<Integer> lengths = new ArrayList<>();
        Collections.nCopies(batchSize, some).forEach(lengths::addAll);
        List<Integer> shuffled = shuffled(lengths.size(), seed);
        List<Integer> order = LengthGroups.order(shuffled, batchSize, lengths::get);
        int longest = Collections.max(lengths);
        int longestOfFirstGroup =
                shuffled.subList(0, LengthGroups.groupSize(lengths.size(), batchSize)).stream()
                        .mapToInt(lengths::get)
                        .max()
                        .orElseThrow();
        assertThat(slots(order, lengths, batchSize))
                .isLessThanOrEqualTo(
                        slots(shuffled, lengths, batchSize)
                                + batchSize * (longest - longestOfFirstGroup));
    }

    private static List<Integer> shuffled(int count, long seed) {
        List<Integer> indices = new ArrayList<>(IntStream.range(0, count).boxed().toList());
        Collections.shuffle(indices, new Random(seed));
        return indices;
    }

    private static int slots(List<Integer> order, List<Integer> lengths, int batchSize) {
        int slots = 0;
        for (int start = 0; start < order.size(); start += batchSize) {
            List<Integer> batch = order.subList(start, Math.min(order.size(), start + batchSize));
            slots += batch.size() * batch.stream().mapToInt(lengths::get).max().orElseThrow();
        }
        return slots;
    }
}
