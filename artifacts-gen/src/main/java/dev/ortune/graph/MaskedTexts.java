package dev.ortune.graph;

import dev.ortune.graph.op.Attributes;
import dev.ortune.graph.op.GraphBuilder;
import dev.ortune.graph.op.Value;
import dev.ortune.onnx.proto.AttributeProto;
import dev.ortune.onnx.proto.TensorProto.DataType;
import java.util.List;

/**
 * Derives, inside a graph, the flat tokens and the indices of {@link TextInputs} from the two inputs
 * that every user of Transformers' models knows: padded ids and a mask.
 *
 * <p>Where the padding stands plays no part, left, right or in between: a text is the sequence of its
 * real tokens, its first one is [CLS], and positions count real tokens only. A row without a real
 * token stands for the text of its first id alone, so that every row has an answer.
 *
 * <pre>
 * real[b, s]     = mask[b, s] ≠ 0, or s = 0 in a row without a real token
 * token t        = the t-th real slot in row-major order; slot(t) = b · sequence + s
 * length[b]      = Σ_s real[b, s]        start[b] = Σ_{c < b} length[c]
 * position[b, s] = Σ_{r ≤ s} real[b, r] - 1
 * P              = max_b length[b]
 * </pre>
 */
final class MaskedTexts {

    /** The input with the padded ids, int64 [batch, sequence]; each at least 1. */
    static final String INPUT_IDS = "input_ids";

    /** The input that is 0 where there is padding, int64 [batch, sequence]. */
    static final String ATTENTION_MASK = "attention_mask";

    /** Added to the scores of padded keys: its exponential is 0 in float32, without infinities. */
    private static final float HIDDEN = -1e9f;

    private static final String BATCH = "batch";
    private static final String SEQUENCE = "sequence";

    private final GraphBuilder graph;

    private MaskedTexts(GraphBuilder graph) {
        this.graph = graph;
    }

    /** Declares the two inputs and emits the nodes that read them. */
    static TextInputs derive(GraphBuilder graph) {
        return new MaskedTexts(graph).derive();
    }

    private TextInputs derive() {
        String ids = graph.input(INPUT_IDS, DataType.INT64, BATCH, SEQUENCE);
        String mask = graph.input(ATTENTION_MASK, DataType.INT64, BATCH, SEQUENCE);
        String sequence =
                graph.node(
                        "Shape", List.of(mask), Attributes.of("start", 1), Attributes.of("end", 2));
        String real = integers(real(mask, sequence));
        String slots = flat(graph.node("NonZero", List.of(flat(real))));

        String lengths = sum(real, 0);
        String starts =
                graph.node("CumSum", List.of(lengths, axis0()), Attributes.of("exclusive", 1));
        String startColumn = column(starts);
        String positions = range(graph.node("ReduceMax", List.of(lengths), keepDimensions(0)));
        String inside = graph.node("Less", List.of(positions, column(lengths)));
        String padIndex =
                graph.node("Where", List.of(inside, add(startColumn, positions), startColumn));

        String counted = graph.node("CumSum", List.of(real, graph.int64Scalar("int64_one", 1)));
        String positionIds =
                gather(
                        flat(
                                graph.node(
                                        "Sub",
                                        List.of(counted, graph.int64Scalar("int64_one", 1)))),
                        slots);
        String rowStarts =
                graph.node(
                        "Mul",
                        List.of(
                                graph.node("Div", List.of(slots, sequence)),
                                graph.node("ReduceMax", List.of(lengths), keepDimensions(1))));
        return new TextInputs(
                Value.constant(gather(flat(ids), slots)),
                Value.constant(positionIds),
                Value.constant(padIndex),
                Value.constant(add(rowStarts, positionIds)),
                Value.constant(bias(inside)),
                Value.constant(TextInputs.SLOT_MASK),
                Value.constant(starts),
                false);
    }

    private String real(String mask, String sequence) {
        String given = graph.node("Cast", List.of(mask), to(DataType.BOOL));
        String empty =
                graph.node(
                        "Equal",
                        List.of(sum(integers(given), 1), graph.int64Scalar("int64_zero", 0)));
        String size = graph.node("Reshape", List.of(sequence, graph.int64s("scalar")));
        String first =
                graph.node("Equal", List.of(range(size), graph.int64Scalar("int64_zero", 0)));
        return graph.node("Or", List.of(given, graph.node("And", List.of(empty, first))));
    }

    private String bias(String inside) {
        String rows =
                graph.node(
                        "Where",
                        List.of(
                                inside,
                                graph.floatScalar("visible", 0f),
                                graph.floatScalar("hidden", HIDDEN)));
        return graph.node("Unsqueeze", List.of(rows, graph.int64s("axes_1_2", 1, 2)));
    }

    private String range(String size) {
        return graph.node(
                "Range",
                List.of(
                        graph.int64Scalar("int64_zero", 0),
                        size,
                        graph.int64Scalar("int64_one", 1)));
    }

    private String integers(String booleans) {
        return graph.node("Cast", List.of(booleans), to(DataType.INT64));
    }

    private String sum(String rows, int keep) {
        return graph.node(
                "ReduceSum", List.of(rows, graph.int64s("axis_1", 1)), keepDimensions(keep));
    }

    private String flat(String values) {
        return graph.node("Reshape", List.of(values, graph.int64s("shape_flat", -1)));
    }

    private String column(String values) {
        return graph.node("Unsqueeze", List.of(values, graph.int64s("axis_1", 1)));
    }

    private String gather(String values, String index) {
        return graph.node("Gather", List.of(values, index), Attributes.of("axis", 0));
    }

    private String add(String a, String b) {
        return graph.node("Add", List.of(a, b));
    }

    private String axis0() {
        return graph.int64Scalar("int64_zero", 0);
    }

    private static AttributeProto to(DataType type) {
        return Attributes.of("to", type.getNumber());
    }

    private static AttributeProto keepDimensions(int keep) {
        return Attributes.of("keepdims", keep);
    }
}
