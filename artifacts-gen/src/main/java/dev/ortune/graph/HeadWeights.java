package dev.ortune.graph;

import dev.ortune.checkpoint.TensorShape;
import dev.ortune.graph.op.GraphBuilder;
import dev.ortune.graph.op.Linear;
import dev.ortune.graph.op.LinearScale;
import dev.ortune.graph.op.LoraLinear;
import dev.ortune.graph.op.Tape;
import dev.ortune.graph.op.Value;
import dev.ortune.onnx.proto.TensorProto.DataType;

/**
 * Weights of a head that serves one adapter after the other: its tensors are inputs, of any number of
 * labels and any rank; B is multiplied by alpha / rank already.
 */
final class HeadWeights implements ModelWeights {

    private final Tape tape;
    private final FrozenWeights file;
    private final HeadVariant variant;

    HeadWeights(Tape tape, FrozenWeights file, HeadVariant variant) {
        this.tape = tape;
        this.file = file;
        this.variant = variant;
    }

    @Override
    public Value frozen(String name, TensorShape shape) {
        return Value.constant(
                tape.graph().external(name, shape, file.fileName(), file.location(name).offset()));
    }

    @Override
    public Value linear(Tape onTape, LinearModule module, Value x, LinearScale scale) {
        String outputs = module.name() + "_outputs";
        if (variant.trained().contains(module.name())) {
            return Linear.apply(
                    onTape,
                    x,
                    input(module.weightName(), outputs, module.inputSize()),
                    input(module.biasName(), outputs),
                    scale);
        }
        Value weight = frozen(module.weightName(), module.weightShape());
        Value bias = frozen(module.biasName(), module.biasShape());
        if (variant.adapted().contains(module.name())) {
            return LoraLinear.apply(
                    onTape,
                    x,
                    x,
                    weight,
                    bias,
                    input(AdapterPlan.loraAName(module.name()), "rank", module.inputSize()),
                    input(AdapterPlan.loraBName(module.name()), module.outputSize(), "rank"),
                    1f,
                    scale);
        }
        return Linear.apply(onTape, x, weight, bias, scale);
    }

    private Value input(String name, Object... dimensions) {
        GraphBuilder graph = tape.graph();
        return Value.constant(graph.input(name, DataType.FLOAT, dimensions));
    }
}
