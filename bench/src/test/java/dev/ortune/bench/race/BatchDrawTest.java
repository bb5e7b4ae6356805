package dev.ortune.bench.race;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.error.InvalidInputException;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchDrawTest {

    private static final BatchDraw DRAW = new BatchDraw(Reviews.ofLengths(lengths()));

    @Test
    void aCaseHasTheSameBatchesInEveryRun() {
        RaceCase imdb = RaceCase.named(List.of("imdb-16")).get(0);
        assertThat(DRAW.batches(imdb, 9)).isEqualTo(DRAW.batches(imdb, 9));
    }

    @Test
    void batchesAreWholeAndGoOnIntoFurtherEpochs() {
        RaceCase imdb = RaceCase.named(List.of("imdb-32")).get(0);
        List<RaceBatch> batches = DRAW.batches(imdb, 40);
        assertThat(batches).hasSize(40);
        assertThat(batches).allSatisfy(batch -> assertThat(batch.reviews()).hasSize(32));
    }

    @Test
    void groupedBatchesHaveLessPadding() {
        assertThat(padding("imdb-16-grouped")).isLessThan(padding("imdb-16") / 2);
    }

    @Test
    void longReviewsAreCutAndKeepTheirClosingToken() {
        RaceCase all = RaceCase.named(List.of("all-64")).get(0);
        assertThat(DRAW.batches(all, 3))
                .flatExtracting(RaceBatch::reviews)
                .hasSize(48)
                .allSatisfy(
                        review -> {
                            assertThat(review.tokens()).isEqualTo(64);
                            assertThat(review.ids()).startsWith(101).endsWith(102);
                        });
    }

    @Test
    void tooFewLongReviewsAreAnError() {
        BatchDraw few = new BatchDraw(Reviews.ofLengths(List.of(512, 512, 512, 511)));
        assertThatThrownBy(() -> few.batches(RaceCase.named(List.of("all-512")).get(0), 1))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("all-512");
    }

    @Test
    void anUnknownCaseIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> RaceCase.named(List.of("imdb-5")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("imdb-5");
    }

    private static double padding(String name) {
        List<RaceBatch> batches = DRAW.batches(RaceCase.named(List.of(name)).get(0), 6);
        double tokens = batches.stream().mapToLong(RaceBatch::tokens).sum();
        return 1 - tokens / batches.stream().mapToLong(RaceBatch::paddedTokens).sum();
    }

    private static List<Integer> lengths() {
        Random random = new Random(7);
        return IntStream.range(0, 300).mapToObj(index -> random.nextInt(30, 513)).toList();
    }
}
