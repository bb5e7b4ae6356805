package dev.ortune.graph;

import dev.ortune.checkpoint.TensorShape;
import dev.ortune.graph.op.Attributes;
import dev.ortune.graph.op.BatchedLora;
import dev.ortune.graph.op.GraphBuilder;
import dev.ortune.graph.op.LinearScale;
import dev.ortune.graph.op.Rows;
import dev.ortune.graph.op.Tape;
import dev.ortune.graph.op.Value;
import dev.ortune.onnx.proto.TensorProto.DataType;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Weights of an encoder that serves a batch of adapters: frozen ones, and updates as inputs. */
final class BatchedWeights implements ModelWeights {

    private final Tape tape;
    private final FrozenWeights file;
    private final FrozenLinear frozenLinear;
    private final Set<LinearModule> adapted;
    private final Optional<Value> tokenMask;
    private final Optional<Value> textMask;

    /**
     * Declares the mask on the graph, if there is anything to mask.
     *
     * @param frozenLinear computes the frozen layers
     * @param adapted the layers that adapters may change
     */
    BatchedWeights(
            Tape tape,
            FrozenWeights file,
            FrozenLinear frozenLinear,
            Set<LinearModule> adapted,
            TextInputs inputs) {
        this.tape = tape;
        this.file = file;
        this.frozenLinear = frozenLinear;
        this.adapted = Set.copyOf(adapted);
        GraphBuilder graph = tape.graph();
        this.tokenMask =
                adapted.isEmpty() || inputs.lone() ? Optional.empty() : Optional.of(mask(graph));
        this.textMask =
                tokenMask.map(
                        mask ->
                                Value.constant(
                                        graph.node(
                                                "Gather",
                                                List.of(mask.name(), inputs.clsIndex().name()),
                                                Attributes.of("axis", 0))));
    }

    private static Value mask(GraphBuilder graph) {
        return Value.constant(
                graph.input(ServingGraphs.ADAPTER_MASK, DataType.BOOL, "tokens", "ranks"));
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
        Value result = frozenLinear.apply(onTape, module, x);
        if (!adapted.contains(module)) {
            return result;
        }
        GraphBuilder graph = onTape.graph();
        Value loraA =
                Value.constant(
                        graph.input(
                                AdapterPlan.loraAName(module.name()),
                                DataType.FLOAT,
                                "ranks",
                                module.inputSize()));
        Value loraB =
                Value.constant(
                        graph.input(
                                AdapterPlan.loraBName(module.name()),
                                DataType.FLOAT,
                                "ranks",
                                module.outputSize()));
        Optional<Value> mask = x.rows() == Rows.TEXTS ? textMask : tokenMask;
        return BatchedLora.apply(onTape, result, x, mask, loraA, loraB);
    }
}
