package dev.ortune.graph;

import dev.ortune.checkpoint.TensorShape;
import dev.ortune.graph.op.GraphBuilder;
import dev.ortune.graph.op.Linear;
import dev.ortune.graph.op.LinearScale;
import dev.ortune.graph.op.QuantizedLinear;
import dev.ortune.graph.op.Tape;
import dev.ortune.graph.op.Value;
import dev.ortune.onnx.proto.TensorProto.DataType;

/**
 * How a graph that only infers computes a frozen linear layer. Whatever else a layer does, such as
 * LoRA updates, goes onto its result.
 */
public sealed interface FrozenLinear {

    /** Emits {@code x Wᵀ + b} with the base's W and b. */
    Value apply(Tape tape, LinearModule module, Value x);

    /**
     * In float32.
     *
     * @param file the base's weights
     */
    record Float32(FrozenWeights file) implements FrozenLinear {

        @Override
        public Value apply(Tape tape, LinearModule module, Value x) {
            return Linear.apply(
                    tape,
                    x,
                    weight(tape, module.weightName(), module.weightShape()),
                    weight(tape, module.biasName(), module.biasShape()),
                    LinearScale.NONE);
        }

        private Value weight(Tape tape, String name, TensorShape shape) {
            return Value.constant(
                    tape.graph()
                            .external(name, shape, file.fileName(), file.location(name).offset()));
        }
    }

    /**
     * In eight bits where the base has them, else in float32.
     *
     * @param float32 the base's weights
     * @param quantized their eight-bit form
     */
    record Int8(Float32 float32, QuantizedWeights quantized) implements FrozenLinear {

        @Override
        public Value apply(Tape tape, LinearModule module, Value x) {
            QuantizedWeights.Location location = quantized.modules().get(module.name());
            if (location == null) {
                return float32.apply(tape, module, x);
            }
            GraphBuilder graph = tape.graph();
            String weight =
                    graph.external(
                            module.weightName() + ".int8",
                            DataType.INT8,
                            TensorShape.of(module.inputSize(), module.outputSize()),
                            quantized.fileName(),
                            location.weightOffset());
            String scale =
                    graph.external(
                            module.weightName() + ".int8_scale",
                            DataType.FLOAT,
                            module.biasShape(),
                            quantized.fileName(),
                            location.scaleOffset());
            return QuantizedLinear.apply(
                    tape,
                    x,
                    Value.constant(weight),
                    Value.constant(scale),
                    float32.weight(tape, module.biasName(), module.biasShape()));
        }
    }
}
