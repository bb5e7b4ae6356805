package dev.ortune.bench.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ZipfSamplerTest {

    @Test
    void aRankIsAsMuchRarerAsItIsHigher() {
        ZipfSampler sampler = new ZipfSampler(1000, 1);
        assertThat(sampler.probability(0) / sampler.probability(9)).isCloseTo(10, within(1e-9));
        assertThat(IntStream.range(0, 1000).mapToDouble(sampler::probability).sum())
                .isCloseTo(1, within(1e-9));
    }

    @Test
    void drawsFollowTheProbabilities() {
        ZipfSampler sampler = new ZipfSampler(100, 1);
        int draws = 200_000;
        long[] counts = new long[100];
        LongStream.range(0, draws).forEach(sequence -> counts[sampler.rank(sequence)]++);
        for (int rank = 0; rank < 100; rank++) {
            double expected = draws * sampler.probability(rank);
            // Six standard deviations of a count.
            assertThat((double) counts[rank]).isCloseTo(expected, within(6 * Math.sqrt(expected)));
        }
    }

    @Test
    void withoutAnExponentAllRanksAreAlike() {
        ZipfSampler sampler = new ZipfSampler(4, 0);
        assertThat(sampler.probability(0)).isCloseTo(0.25, within(1e-12));
        assertThat(sampler.probability(3)).isCloseTo(0.25, within(1e-12));
    }

    @Property(tries = 200)
    void aRequestAlwaysDrawsTheSameRank(
            @ForAll @IntRange(min = 1, max = 2000) int ranks, @ForAll long sequence) {
        int rank = new ZipfSampler(ranks, 1).rank(sequence);
        assertThat(rank).isBetween(0, ranks - 1);
        assertThat(new ZipfSampler(ranks, 1).rank(sequence)).isEqualTo(rank);
    }
}
