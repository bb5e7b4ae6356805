package dev.ortune.graph;

import dev.ortune.graph.op.DropoutMasks;
import dev.ortune.graph.op.GraphBuilder;
import dev.ortune.graph.op.Rows;
import dev.ortune.graph.op.Tape;
import dev.ortune.graph.op.Value;
import dev.ortune.onnx.proto.ModelProto;
import dev.ortune.onnx.proto.TensorProto.DataType;
import java.util.Set;

/**
 * Generates the two graphs through which a base serves any number of adapters: an encoder that takes
 * the adapters of a batch as inputs, and a head that takes one adapter's.
 *
 * <p>They share the base's external-data file with all other graphs.
 */
public final class ServingGraphs {

    /**
     * The encoder's output and the head's input: each text's [CLS] row, float32 {@code [batch,
     * hidden]}.
     */
    public static final String HIDDEN = "hidden";

    /**
     * The encoder's input that is true where a token's text belongs to the rank's adapter: bool
     * {@code [tokens, ranks]}. Absent from an encoder without adapted layers.
     */
    public static final String ADAPTER_MASK = "adapter_mask";

    /** The head has one row per text, whatever it is fed, so its labels need no number. */
    private static final int ANY_LABEL_COUNT = 1;

    private final ClassifierModel model;
    private final FrozenWeights weights;
    private final FrozenLinear frozenLinear;

    /**
     * Graphs of a base.
     *
     * @param frozenLinear computes the encoder's frozen layers; the head stays float32
     */
    public ServingGraphs(ClassifierModel model, FrozenWeights weights, FrozenLinear frozenLinear) {
        this.model = model;
        this.weights = weights;
        this.frozenLinear = frozenLinear;
    }

    /**
     * The encoder: inputs are the text inputs, {@link #ADAPTER_MASK} and, per adapted layer, {@code
     * lora_A} {@code [ranks, in]} and {@code lora_B} {@code [ranks, out]} as {@link
     * dev.ortune.graph.op.BatchedLora} has them; output is {@link #HIDDEN}.
     *
     * @param adapted the layers that adapters of a batch may change
     */
    public ModelProto encoder(Set<LinearModule> adapted) {
        GraphBuilder graph = new GraphBuilder("encoder");
        return encoder(graph, adapted, TextInputs.declare(graph, false));
    }

    /**
     * The encoder of one text alone, with nothing that only padding or other texts' adapters call for:
     * inputs are {@code input_ids}, {@code position_ids}, {@code cls_index} and the matrices of its
     * adapter; output is {@link #HIDDEN}, {@code [1, hidden]}.
     *
     * @param adapted the layers that the adapter changes
     */
    public ModelProto loneEncoder(Set<LinearModule> adapted) {
        GraphBuilder graph = new GraphBuilder("lone_encoder");
        return encoder(graph, adapted, TextInputs.declareLone(graph));
    }

    private ModelProto encoder(GraphBuilder graph, Set<LinearModule> adapted, TextInputs inputs) {
        Tape tape = new Tape(graph);
        ModelWeights bound = new BatchedWeights(tape, weights, frozenLinear, adapted, inputs);
        Value hidden = model.family().encode(graphOf(tape, bound, inputs));
        graph.outputAs(hidden.name(), HIDDEN, DataType.FLOAT, "batch", hiddenSize());
        return ClassifierGraphs.modelOf(graph);
    }

    /**
     * The head: inputs are {@link #HIDDEN} and the adapter's tensors for it, lora_B multiplied by
     * alpha / rank; output is {@link ClassifierGraphs#LOGITS}.
     */
    public ModelProto head(HeadVariant variant) {
        GraphBuilder graph = new GraphBuilder("head");
        Tape tape = new Tape(graph);
        Value hidden =
                Value.constant(
                        graph.input(HIDDEN, DataType.FLOAT, "batch", hiddenSize()), Rows.TEXTS);
        ModelWeights bound = new HeadWeights(tape, weights, variant);
        // A head reads no text inputs; those of a scratch graph stand in for them.
        TextInputs unread = TextInputs.declare(new GraphBuilder("unread"), false);
        Value logits =
                model.family().classify(graphOf(tape, bound, unread), hidden, ANY_LABEL_COUNT);
        graph.outputAs(logits.name(), ClassifierGraphs.LOGITS, DataType.FLOAT, "batch", "labels");
        return ClassifierGraphs.modelOf(graph);
    }

    private ModelGraph graphOf(Tape tape, ModelWeights bound, TextInputs inputs) {
        return new ModelGraph(tape, model.config(), bound, inputs, DropoutMasks.none(), false);
    }

    private int hiddenSize() {
        return model.config().hiddenSize();
    }
}
