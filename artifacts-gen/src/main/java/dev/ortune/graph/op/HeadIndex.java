package dev.ortune.graph.op;

import java.util.List;
import java.util.stream.LongStream;

/**
 * From the batch's token indices to indices of single heads, once per graph, so that {@link
 * HeadLayout.Padded} lays texts out with one gather.
 *
 * <p>Tokens' heads lie as {@code [tokens, heads]}, slots' heads as {@code [batch, heads,
 * positions]}; {@code h} runs over the heads:
 *
 * <pre>
 * slotHeads[b, h, p] = padIndex[b, p] · heads + h
 * tokenHeads[t, h]   = (b · heads + h) · positions + p,    b · positions + p = unpadIndex[t]
 * </pre>
 */
public final class HeadIndex {

    private final GraphBuilder graph;
    private final int heads;

    /** Indices of so many heads. */
    public HeadIndex(GraphBuilder graph, int heads) {
        this.graph = graph;
        this.heads = heads;
    }

    /** {@code padIndex [batch, positions]} to {@code [batch, heads, positions]}. */
    public String ofSlots(Value padIndex) {
        String first =
                graph.node(
                        "Mul",
                        List.of(
                                graph.node(
                                        "Unsqueeze",
                                        List.of(padIndex.name(), graph.int64s("axis_1", 1))),
                                graph.int64Scalar("heads", heads)));
        String columns = graph.node("Unsqueeze", List.of(everyHead(), graph.int64s("axis_1", 1)));
        return graph.node("Add", List.of(first, columns));
    }

    /** {@code unpadIndex [tokens]} to {@code [tokens, heads]}. */
    public String ofTokens(Value padIndex, Value unpadIndex) {
        String positions =
                graph.nodes(
                                "",
                                "Shape",
                                List.of(padIndex.name()),
                                1,
                                Attributes.of("start", 1),
                                Attributes.of("end", 2))
                        .get(0);
        String text = graph.node("Div", List.of(unpadIndex.name(), positions));
        String textStart = graph.node("Mul", List.of(text, positions));
        // b·heads·positions + p = unpadIndex + b·positions·(heads - 1)
        String first =
                graph.node(
                        "Add",
                        List.of(
                                unpadIndex.name(),
                                graph.node(
                                        "Mul",
                                        List.of(
                                                textStart,
                                                graph.int64Scalar("other_heads", heads - 1)))));
        String column = graph.node("Unsqueeze", List.of(first, graph.int64s("axis_1", 1)));
        return graph.node(
                "Add", List.of(column, graph.node("Mul", List.of(everyHead(), positions))));
    }

    private String everyHead() {
        return graph.int64s("every_head", LongStream.range(0, heads).toArray());
    }
}
