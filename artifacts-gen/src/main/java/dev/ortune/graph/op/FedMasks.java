package dev.ortune.graph.op;

import dev.ortune.onnx.proto.TensorProto.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * Masks that each step brings along as boolean inputs, true where a value is kept; collects what a
 * graph needs while it is built. For one graph.
 *
 * <p>DropoutGrad multiplies by the mask and by 1 / (1 - rate), which is the forward pass as well.
 */
public final class FedMasks implements DropoutMasks {

    /**
     * One mask that every step must bring.
     *
     * @param name the graph input, bool
     * @param dropInSteps the share of zeroed values, in steps of 1 / {@link #RATE_STEPS}
     * @param shape its shape
     */
    public record Input(String name, int dropInSteps, MaskShape shape) {}

    /** Rates are rounded to such steps, and kept values scaled by the rounded rate. */
    public static final int RATE_STEPS = 1 << 15;

    private final List<Input> inputs = new ArrayList<>();

    FedMasks() {}

    /** The masks of the graph built with this, in its order of use. */
    public List<Input> inputs() {
        return List.copyOf(inputs);
    }

    @Override
    public Applied apply(GraphBuilder graph, String x, double rate, MaskShape shape) {
        String name = "dropout_mask_" + inputs.size();
        int dropInSteps = (int) Math.round(rate * RATE_STEPS);
        inputs.add(new Input(name, dropInSteps, shape));
        graph.input(name, DataType.BOOL, shape.dimensions());
        String ratio = graph.floatScalar("dropout_rate_" + rate, (float) dropInSteps / RATE_STEPS);
        String training = graph.bool("training_mode", true);
        String output = masked(graph, x, name, ratio, training);
        return new Applied(output, dy -> masked(graph, dy, name, ratio, training));
    }

    private static String masked(
            GraphBuilder graph, String values, String mask, String ratio, String training) {
        return graph.microsoftNode("DropoutGrad", List.of(values, mask, ratio, training));
    }
}
