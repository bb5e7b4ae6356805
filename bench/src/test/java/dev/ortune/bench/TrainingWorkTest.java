package dev.ortune.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.graph.EncoderConfig;
import dev.ortune.graph.op.Activation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** By hand for a hidden size of 2 and a feed-forward size of 3. */
class TrainingWorkTest {

    private static final int HIDDEN = 2;
    private static final int INTERMEDIATE = 3;

    @Test
    void linearLayersAreCountedWithoutTheFrozenWeightsGradients() {
        // A layer has 4 matrices of 2x2 and 2 of 2x3: 28 weights. Three layers forward: two whole
        // ones and the last one's keys and values (8): 64. Backward: the last one's 8, the middle's
        // 28, of the lowest all but the queries', keys' and values' (16): 52.
        assertThat(work(3).flopPerToken()).isEqualTo(2 * (64 + 52));
    }

    @Test
    void oneLayerHasNoInputGradientOfItsLinearLayers() {
        assertThat(work(1).flopPerToken()).isEqualTo(2 * 8);
    }

    @Test
    void attentionIsCountedWithOneQueryAboveAndTheQuerysGradientAloneBelow() {
        // A product of 5 tokens: 5 x 5 x 2 multiply-adds, 100 operations; with one query 20. Lowest
        // layer: 2 forward, dP and dQ. Middle: 2 forward, 4 backward. Last: as many with one query.
        assertThat(work(3).attentionFlop(5)).isEqualTo(4 * 100 + 6 * 100 + 6 * 20);
    }

    @Test
    void oneLayersAttentionHasOneQueryAndItsGradient() {
        assertThat(work(1).attentionFlop(5)).isEqualTo(4 * 20);
    }

    @Test
    void aStepIsTheSumOverItsTextsOwnLengths() {
        TrainingWork work = work(3);
        assertThat(work.flop(List.of(5, 2)))
                .isEqualTo(7 * work.flopPerToken() + work.attentionFlop(5) + work.attentionFlop(2));
    }

    private static TrainingWork work(int layers) {
        return new TrainingWork(
                new EncoderConfig(
                        HIDDEN,
                        layers,
                        1,
                        INTERMEDIATE,
                        10,
                        8,
                        0,
                        1e-12,
                        0,
                        0,
                        0,
                        0.02,
                        Activation.GELU));
    }
}
