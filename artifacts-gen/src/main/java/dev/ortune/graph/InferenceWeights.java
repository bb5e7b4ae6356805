package dev.ortune.graph;

import dev.ortune.checkpoint.TensorShape;
import dev.ortune.graph.op.Linear;
import dev.ortune.graph.op.LinearScale;
import dev.ortune.graph.op.LoraUpdate;
import dev.ortune.graph.op.Tape;
import dev.ortune.graph.op.Value;

/**
 * Weights of a graph that only infers: frozen layers in the given precision, one adapter's parameters
 * as graph inputs.
 */
final class InferenceWeights implements ModelWeights {

    private final Tape tape;
    private final FrozenWeights file;
    private final AdapterPlan plan;
    private final FrozenLinear frozenLinear;

    InferenceWeights(Tape tape, FrozenWeights file, AdapterPlan plan, FrozenLinear frozenLinear) {
        this.tape = tape;
        this.file = file;
        this.plan = plan;
        this.frozenLinear = frozenLinear;
    }

    @Override
    public Value frozen(String name, TensorShape shape) {
        return Value.constant(
                tape.graph().external(name, shape, file.fileName(), file.location(name).offset()));
    }

    @Override
    public Value linear(Tape onTape, LinearModule module, Value x, LinearScale scale) {
        if (!scale.equals(LinearScale.NONE)) {
            throw new IllegalStateException("only training scales its layers");
        }
        if (plan.trains(module)) {
            return Linear.apply(
                    onTape,
                    x,
                    Value.constant(module.weightName()),
                    Value.constant(module.biasName()),
                    scale);
        }
        Value product = frozenLinear.apply(onTape, module, x);
        return plan.adapts(module)
                ? LoraUpdate.apply(
                        onTape,
                        product,
                        x,
                        Value.constant(AdapterPlan.loraAName(module.name())),
                        Value.constant(AdapterPlan.loraBName(module.name())),
                        plan.lora().scaling())
                : product;
    }
}
