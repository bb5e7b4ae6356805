package dev.ortune.bench.race;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class LengthGroupsTest {

    @Property(tries = 200)
    void everyTextIsTakenOnceAndTheLongestFirst(
            @ForAll @NotEmpty List<@IntRange(min = 2, max = 512) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 8) int batchSize,
            @ForAll long seed) {
        List<Integer> order = LengthGroups.order(lengths, batchSize, new Random(seed));
        assertThat(order)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, lengths.size()).boxed().toList());
        assertThat(lengths.get(order.get(0))).isEqualTo(Collections.max(lengths));
    }

    @Test
    void everyChunkIsSortedFromItsLongestTextDown() {
        List<Integer> lengths = lengths(1000);
        List<Integer> order = LengthGroups.order(lengths, 4, new Random(1));
        // 50 batches of 4; each chunk's first may have changed places with the longest of all.
        for (int start = 0; start < 1000; start += 200) {
            List<Integer> chunk =
                    order.subList(start + 1, start + 200).stream().map(lengths::get).toList();
            assertThat(chunk).isSortedAccordingTo(Collections.reverseOrder());
        }
    }

    @Test
    void aSmallSetStillHasFourChunks() {
        List<Integer> lengths = lengths(64);
        List<Integer> order = LengthGroups.order(lengths, 4, new Random(1));
        List<Integer> firstChunk = order.subList(1, 16).stream().map(lengths::get).toList();
        assertThat(firstChunk).isSortedAccordingTo(Collections.reverseOrder());
        assertThat(lengths.get(order.get(17))).isGreaterThan(firstChunk.get(14));
    }

    private static List<Integer> lengths(int count) {
        Random random = new Random(7);
        return IntStream.range(0, count).mapToObj(index -> random.nextInt(2, 513)).toList();
    }
}
