package dev.ortune.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ortune.graph.op.BatchSize;
import dev.ortune.graph.op.Dropout;
import dev.ortune.graph.op.DropoutMasks;
import dev.ortune.graph.op.FedMasks;
import dev.ortune.graph.op.GraphBuilder;
import dev.ortune.graph.op.MaskShape;
import dev.ortune.graph.op.Rows;
import dev.ortune.graph.op.Tape;
import dev.ortune.graph.op.Value;
import dev.ortune.onnx.proto.TensorProto.DataType;
import dev.ortune.ort.HostTensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The masks themselves: rates, independence, and what decides them. */
class MaskDrawerTest {

    private static final int WIDTH = 1001;
    private static final BatchSize SIZE = new BatchSize(300, 2, 150);
    private static final int COUNT = 300 * WIDTH;

    @Test
    void aMaskKeepsAllButTheRate() {
        for (double rate : List.of(0.01, 0.1, 0.5, 0.9)) {
            assertThat(dropped(mask(drawer(1, rate), 0, 0, 0))).isCloseTo(rate, within(0.005));
        }
    }

    @Test
    void everyValueIsDrawnByItself() {
        byte[] mask = mask(drawer(1, 0.5), 0, 0, 0);

        // Values of one word come from two draws, four each: neighbours at every distance agree
        // half of the time. Five standard deviations.
        for (int distance = 1; distance <= 64; distance++) {
            assertThat(agreement(mask, mask, distance)).isCloseTo(0.5, within(0.005));
        }
    }

    @Test
    void stepsPartsUsesAndSeedsHaveUnrelatedMasks() {
        MaskDrawer drawer = drawer(1, 0.5, 0.5);
        byte[] first = mask(drawer, 0, 0, 0);

        assertThat(agreement(first, mask(drawer, 1, 0, 0), 0)).isCloseTo(0.5, within(0.005));
        assertThat(agreement(first, mask(drawer, 0, 1, 0), 0)).isCloseTo(0.5, within(0.005));
        assertThat(agreement(first, mask(drawer, 0, 0, 1), 0)).isCloseTo(0.5, within(0.005));
        assertThat(agreement(first, mask(drawer(2, 0.5), 0, 0, 0), 0))
                .isCloseTo(0.5, within(0.005));
    }

    @Test
    void aStepsMasksAreTheSameWhateverWasDrawnBefore() {
        MaskDrawer whole = drawer(7, 0.3);
        for (int step = 0; step < 5; step++) {
            mask(whole, step, 0, 0);
        }

        assertThat(mask(whole, 5, 1, 0)).isEqualTo(mask(drawer(7, 0.3), 5, 1, 0));
    }

    @Test
    void masksHaveTheirGraphsShapes() {
        MaskDrawer drawer =
                new MaskDrawer(
                        0,
                        List.of(
                                new FedMasks.Input("a", 1, new MaskShape.OfRows(Rows.TOKENS, 8)),
                                new FedMasks.Input("b", 1, new MaskShape.OfRows(Rows.TEXTS, 8)),
                                new FedMasks.Input("c", 1, new MaskShape.OfScores(4, true)),
                                new FedMasks.Input("d", 1, new MaskShape.OfScores(4, false))));
        Map<String, HostTensor> inputs = new HashMap<>();
        drawer.draw(0, 0, SIZE, inputs);

        assertThat(inputs.get("a").shape().toArray()).containsExactly(300, 8);
        assertThat(inputs.get("b").shape().toArray()).containsExactly(2, 8);
        assertThat(inputs.get("c").shape().toArray()).containsExactly(2, 4, 150, 150);
        assertThat(inputs.get("d").shape().toArray()).containsExactly(2, 4, 1, 150);
    }

    private static MaskDrawer drawer(long seed, double... rates) {
        FedMasks masks = DropoutMasks.fed();
        GraphBuilder graph = new GraphBuilder("masks");
        Value x = Value.constant(graph.input("x", DataType.FLOAT), Rows.TOKENS);
        for (double rate : rates) {
            new Dropout(rate, masks).apply(new Tape(graph), x, WIDTH);
        }
        return new MaskDrawer(seed, masks.inputs());
    }

    private static byte[] mask(MaskDrawer drawer, long step, int part, int use) {
        Map<String, HostTensor> inputs = new HashMap<>();
        drawer.draw(step, part, SIZE, inputs);
        byte[] values = new byte[COUNT];
        ((HostTensor.Booleans) inputs.get("dropout_mask_" + use)).values().get(0, values);
        return values;
    }

    private static double dropped(byte[] mask) {
        int zeros = 0;
        for (byte value : mask) {
            assertThat(value).isBetween((byte) 0, (byte) 1);
            zeros += 1 - value;
        }
        return (double) zeros / mask.length;
    }

    private static double agreement(byte[] a, byte[] b, int distance) {
        int same = 0;
        for (int i = 0; i < COUNT - distance; i++) {
            same += a[i] == b[i + distance] ? 1 : 0;
        }
        return (double) same / (COUNT - distance);
    }
}
