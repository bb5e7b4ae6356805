package dev.ortune.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class TokenBatchesTest {

    @Property
    void everyTextIsInOneBatchAndNoBatchOfSeveralExceedsTheBudget(
            @ForAll @Size(max = 40) List<@IntRange(min = 1, max = 60) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 200) int budget) {
        List<List<Integer>> batches = TokenBatches.of(lengths, budget);

        assertThat(batches.stream().flatMap(List::stream).sorted().toList())
                .isEqualTo(java.util.stream.IntStream.range(0, lengths.size()).boxed().toList());
        for (List<Integer> batch : batches) {
            int longest = batch.stream().mapToInt(lengths::get).max().orElseThrow();
            assertThat(batch.size() == 1 || batch.size() * longest <= budget).isTrue();
        }
    }

    @Example
    void textsOfLikeLengthGoTogether() {
        assertThat(TokenBatches.of(List.of(50, 3, 49, 4), 100))
                .containsExactly(List.of(1, 3), List.of(2, 0));
    }
}
