package dev.ortune.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ortune.dataset.MultiLabelTarget;
import dev.ortune.dataset.SingleLabelTarget;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.LoraOptions;
import dev.ortune.graph.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** How a batch falls into parts. */
class BatchSplitterTest {

    @Test
    void textsOfLikeLengthStandTogetherWhileTheyFit() {
        List<BatchSplitter.Part> parts = splitter(100).split(texts(30, 90, 20, 60, 40));

        assertThat(lengths(parts)).containsExactly(List.of(90), List.of(60, 40), List.of(30, 20));
    }

    @Test
    void aTextLongerThanAPartRunsAlone() {
        assertThat(lengths(splitter(10).split(texts(11, 12))))
                .containsExactly(List.of(12), List.of(11));
    }

    @Test
    void aPartsShareIsItsTextsShare() {
        List<BatchSplitter.Part> parts = splitter(10).split(texts(8, 5, 5, 5));

        assertThat(parts).extracting(BatchSplitter.Part::share).containsExactly(0.25f, 0.5f, 0.25f);
    }

    @Test
    void classWeightsWeighTheShares() {
        BatchSplitter splitter = new BatchSplitter(options(Optional.of(List.of(1f, 3f))), 1);
        List<TokenizedExample> batch =
                List.of(
                        new TokenizedExample(new long[3], new SingleLabelTarget(0)),
                        new TokenizedExample(new long[2], new SingleLabelTarget(1)));

        assertThat(splitter.split(batch))
                .extracting(BatchSplitter.Part::share)
                .containsExactly(0.25f, 0.75f);
    }

    @Test
    void weightsOfPositiveLabelsDoNot() {
        ClassifierOptions multiLabel =
                new ClassifierOptions(
                        LoraOptions.DEFAULTS,
                        List.of("a", "b"),
                        ProblemType.MULTI_LABEL,
                        Optional.of(List.of(1f, 3f)),
                        true,
                        Set.of());
        List<TokenizedExample> batch =
                List.of(
                        new TokenizedExample(new long[3], new MultiLabelTarget(List.of(0), 2)),
                        new TokenizedExample(new long[2], new MultiLabelTarget(List.of(1), 2)));

        assertThat(new BatchSplitter(multiLabel, 1).split(batch))
                .extracting(BatchSplitter.Part::share)
                .containsExactly(0.5f, 0.5f);
    }

    @Property(tries = 200)
    void everyTextIsInOnePartAndTheSharesAddUpToOne(
            @ForAll @Size(min = 1, max = 40) List<@IntRange(min = 1, max = 600) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 1000) int tokensPerPart) {
        List<TokenizedExample> batch =
                texts(lengths.stream().mapToInt(Integer::intValue).toArray());

        List<BatchSplitter.Part> parts = splitter(tokensPerPart).split(batch);

        assertThat(parts.stream().flatMap(part -> part.examples().stream()))
                .containsExactlyInAnyOrderElementsOf(batch);
        assertThat(parts.stream().mapToDouble(BatchSplitter.Part::share).sum())
                .isCloseTo(1, within(1e-5));
        assertThat(lengths(parts))
                .allMatch(
                        part ->
                                part.size() == 1
                                        || part.stream().mapToInt(Integer::intValue).sum()
                                                <= tokensPerPart);
    }

    private static BatchSplitter splitter(int tokensPerPart) {
        return new BatchSplitter(options(Optional.empty()), tokensPerPart);
    }

    private static ClassifierOptions options(Optional<List<Float>> weights) {
        return new ClassifierOptions(
                LoraOptions.DEFAULTS,
                List.of("a", "b"),
                ProblemType.SINGLE_LABEL,
                weights,
                true,
                Set.of());
    }

    private static List<TokenizedExample> texts(int... lengths) {
        List<TokenizedExample> texts = new ArrayList<>();
        for (int length : lengths) {
            texts.add(new TokenizedExample(new long[length], new SingleLabelTarget(0)));
        }
        return texts;
    }

    private static List<List<Integer>> lengths(List<BatchSplitter.Part> parts) {
        return parts.stream()
                .map(part -> part.examples().stream().map(text -> text.tokens().length).toList())
                .toList();
    }
}
