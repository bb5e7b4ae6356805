package dev.ortune.graph;

import dev.ortune.graph.op.GraphBuilder;
import dev.ortune.graph.op.Value;
import dev.ortune.onnx.proto.TensorProto.DataType;

/**
 * The graph inputs that describe a batch of ragged texts.
 *
 * @param inputIds {@code input_ids} int64 [tokens]: all texts' tokens, one after the other
 * @param positionIds {@code position_ids} int64 [tokens]: each token's position in its text
 * @param padIndex {@code pad_index} int64 [batch, positions]: the token in each slot of the padded
 *     block; in a slot past its text's end, any token of that text
 * @param unpadIndex {@code unpad_index} int64 [tokens]: each token's slot, row-major
 * @param attentionBias {@code attention_bias} float32 [batch, 1, 1, positions]: 0 in real slots, a
 *     large negative number past the end
 * @param slotMask {@code slot_mask} float32 [batch, positions, 1]: 1 in real slots, 0 past the end;
 *     an input of the training graph only
 * @param clsIndex {@code cls_index} int64 [batch]: each text's first token
 * @param lone whether the batch is one text alone, whose graph has none of the inputs about padding
 */
public record TextInputs(
        Value inputIds,
        Value positionIds,
        Value padIndex,
        Value unpadIndex,
        Value attentionBias,
        Value slotMask,
        Value clsIndex,
        boolean lone) {

    /** Names of the inputs, in the order in which graphs declare them. */
    public static final String INPUT_IDS = "input_ids";

    public static final String POSITION_IDS = "position_ids";
    public static final String PAD_INDEX = "pad_index";
    public static final String UNPAD_INDEX = "unpad_index";
    public static final String ATTENTION_BIAS = "attention_bias";
    public static final String SLOT_MASK = "slot_mask";
    public static final String CLS_INDEX = "cls_index";

    /** Declares the inputs on a graph. */
    static TextInputs declare(GraphBuilder graph, boolean training) {
        Value inputIds = Value.constant(graph.input(INPUT_IDS, DataType.INT64, "tokens"));
        Value positionIds = Value.constant(graph.input(POSITION_IDS, DataType.INT64, "tokens"));
        Value padIndex =
                Value.constant(graph.input(PAD_INDEX, DataType.INT64, "batch", "positions"));
        Value unpadIndex = Value.constant(graph.input(UNPAD_INDEX, DataType.INT64, "tokens"));
        Value attentionBias =
                Value.constant(
                        graph.input(ATTENTION_BIAS, DataType.FLOAT, "batch", 1, 1, "positions"));
        Value slotMask =
                Value.constant(
                        training
                                ? graph.input(SLOT_MASK, DataType.FLOAT, "batch", "positions", 1)
                                : SLOT_MASK);
        Value clsIndex = Value.constant(graph.input(CLS_INDEX, DataType.INT64, "batch"));
        return new TextInputs(
                inputIds,
                positionIds,
                padIndex,
                unpadIndex,
                attentionBias,
                slotMask,
                clsIndex,
                false);
    }

    /** Declares the inputs of one text alone. */
    static TextInputs declareLone(GraphBuilder graph) {
        return new TextInputs(
                Value.constant(graph.input(INPUT_IDS, DataType.INT64, "tokens")),
                Value.constant(graph.input(POSITION_IDS, DataType.INT64, "tokens")),
                Value.constant(PAD_INDEX),
                Value.constant(UNPAD_INDEX),
                Value.constant(ATTENTION_BIAS),
                Value.constant(SLOT_MASK),
                Value.constant(graph.input(CLS_INDEX, DataType.INT64, 1)),
                true);
    }
}
