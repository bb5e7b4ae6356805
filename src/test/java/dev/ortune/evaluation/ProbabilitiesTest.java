package dev.ortune.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ortune.dataset.ProblemType;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ProbabilitiesTest {

    @Test
    void softmaxIsTheTextbooks() {
        // exp(1), exp(2), exp(3) over their sum
        assertThat(Probabilities.softmax(new float[] {1, 2, 3}))
                .containsExactly(
                        new double[] {0.09003057317038, 0.24472847105479, 0.66524095577482},
                        within(1e-13));
    }

    @Test
    void sigmoidIsTheTextbooks() {
        assertThat(Probabilities.of(new float[] {0, 2, -2}, ProblemType.MULTI_LABEL))
                .containsExactly(
                        new double[] {0.5, 0.88079707797788, 0.11920292202212}, within(1e-13));
    }

    @Test
    void hugeLogitsDoNotOverflow() {
        float huge = Float.MAX_VALUE;
        assertThat(Probabilities.softmax(new float[] {huge, -huge, huge}))
                .containsExactly(0.5, 0, 0.5);
        assertThat(Probabilities.sigmoid(new float[] {huge, -huge})).containsExactly(1, 0);
    }

    @Property
    void softmaxSumsToOneAndKeepsTheOrder(
            @ForAll @Size(min = 2, max = 20) @FloatRange(min = -100, max = 100) float[] logits) {
        double[] result = Probabilities.of(logits, ProblemType.SINGLE_LABEL);
        assertThat(Arrays.stream(result).sum()).isCloseTo(1, within(1e-12));
        assertThat(Arrays.stream(result).boxed()).allMatch(p -> p >= 0 && p <= 1);
        for (int i = 1; i < logits.length; i++) {
            if (logits[i] > logits[i - 1]) {
                assertThat(result[i]).isGreaterThanOrEqualTo(result[i - 1]);
            }
        }
    }

    @Property
    void theSigmoidsOfALogitAndItsNegativeSumToOne(
            @ForAll @FloatRange(min = -1000, max = 1000) float logit) {
        double[] both = Probabilities.sigmoid(new float[] {logit, -logit});
        assertThat(both[0] + both[1]).isCloseTo(1, within(1e-15));
    }
}
