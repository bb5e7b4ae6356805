package dev.ortune.graph;

import dev.ortune.checkpoint.TensorShape;
import dev.ortune.graph.op.Linear;
import dev.ortune.graph.op.LinearScale;
import dev.ortune.graph.op.Tape;
import dev.ortune.graph.op.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Names every weight as the model does and keeps a list of what the forward pass asks for. */
final class WeightInventory implements ModelWeights {

    private final List<LinearModule> linears = new ArrayList<>();
    private final Map<String, TensorShape> tensors = new LinkedHashMap<>();

    /** Every linear layer, in the order of the forward pass. */
    List<LinearModule> linears() {
        return linears;
    }

    /** Every tensor's shape, in the order of the forward pass. */
    Map<String, TensorShape> tensors() {
        return tensors;
    }

    @Override
    public Value frozen(String name, TensorShape shape) {
        tensors.put(name, shape);
        return Value.constant(name);
    }

    @Override
    public Value linear(Tape tape, LinearModule module, Value x, LinearScale scale) {
        linears.add(module);
        return Linear.apply(
                tape,
                x,
                frozen(module.weightName(), module.weightShape()),
                frozen(module.biasName(), module.biasShape()),
                scale);
    }
}
