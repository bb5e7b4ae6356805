package dev.ortune.graph;

import dev.ortune.checkpoint.TensorShape;
import dev.ortune.graph.op.DropoutMasks;
import dev.ortune.graph.op.GraphBuilder;
import dev.ortune.graph.op.Tape;
import dev.ortune.graph.op.Value;
import dev.ortune.onnx.proto.GraphProto;
import dev.ortune.onnx.proto.TensorProto.DataType;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The forward pass of a classifier without any adapter, as any ONNX runtime and any user of Hugging
 * Face's exports expects it: inputs {@code input_ids} and {@code attention_mask}, int64 [batch,
 * sequence], output {@code logits}, float32 [batch, labels], ONNX's own operators only.
 *
 * <p>There is no {@code token_type_ids}: texts are single segments, whose types are all 0.
 *
 * @param graph all but the weights
 * @param weights the float32 initializers that the graph still needs, by name, in the order of the
 *     forward pass
 */
public record StandaloneGraph(GraphProto graph, Map<String, TensorShape> weights) {

    /** The version of ONNX's format that the graph is written in. */
    public static final int IR_VERSION = 8;

    /** The version of ONNX's operators. */
    public static final int OPSET = 17;

    public StandaloneGraph {
        weights = Collections.unmodifiableMap(new LinkedHashMap<>(weights));
    }

    /** The graph of a model with so many labels. */
    public static StandaloneGraph of(ClassifierModel model, int labelCount) {
        GraphBuilder graph = new GraphBuilder("classifier");
        Tape tape = new Tape(graph);
        WeightInventory weights = new WeightInventory();
        TextInputs inputs = MaskedTexts.derive(graph);
        ModelGraph modelGraph =
                new ModelGraph(tape, model.config(), weights, inputs, DropoutMasks.none(), false);
        Value logits = model.family().logits(modelGraph, labelCount);
        graph.outputAs(logits.name(), ClassifierGraphs.LOGITS, DataType.FLOAT, "batch", labelCount);
        return new StandaloneGraph(StandardOperators.rewrite(graph.build()), weights.tensors());
    }
}
