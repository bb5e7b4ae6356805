package dev.ortune.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ortune.adapter.LabelScheme;
import dev.ortune.error.InternalException;
import dev.ortune.graph.ProblemType;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClassificationTest {

    private static final List<String> LABELS = List.of("a", "b", "c");

    @Test
    void severalLabelsHaveIndependentScores() {
        Classification answer =
                Classification.of(
                        new float[] {0, 2, 2}, new LabelScheme(LABELS, ProblemType.MULTI_LABEL));
        assertThat(answer.label()).isEqualTo("b");
        assertThat(answer.score()).isEqualTo(1 / (1 + Math.exp(-2)), within(1e-12));
        assertThat(answer.scores().get(0).score()).isEqualTo(0.5, within(1e-12));
    }

    @Test
    void oneLabelTakesItsShare() {
        Classification answer =
                Classification.of(
                        new float[] {0, (float) Math.log(2), 0},
                        new LabelScheme(LABELS, ProblemType.SINGLE_LABEL));
        assertThat(answer.label()).isEqualTo("b");
        assertThat(answer.score()).isEqualTo(0.5, within(1e-6));
    }

    @Test
    void anAnswerThatIsNoNumberIsNotGiven() {
        LabelScheme labels = new LabelScheme(LABELS, ProblemType.SINGLE_LABEL);
        assertThatThrownBy(() -> Classification.of(new float[] {0, Float.NaN, 0}, labels))
                .isInstanceOf(InternalException.class);
    }
}
