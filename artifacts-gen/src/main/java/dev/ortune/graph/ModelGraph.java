package dev.ortune.graph;

import dev.ortune.checkpoint.TensorShape;
import dev.ortune.graph.op.Activation;
import dev.ortune.graph.op.Attention;
import dev.ortune.graph.op.Attributes;
import dev.ortune.graph.op.Dropout;
import dev.ortune.graph.op.DropoutMasks;
import dev.ortune.graph.op.FirstTokens;
import dev.ortune.graph.op.GraphBuilder;
import dev.ortune.graph.op.HeadIndex;
import dev.ortune.graph.op.HeadLayout;
import dev.ortune.graph.op.LayerNormalization;
import dev.ortune.graph.op.LinearScale;
import dev.ortune.graph.op.Residual;
import dev.ortune.graph.op.Rows;
import dev.ortune.graph.op.ScaledGelu;
import dev.ortune.graph.op.Tape;
import dev.ortune.graph.op.Value;
import java.util.List;
import java.util.Optional;

/**
 * The vocabulary in which a family writes its forward pass: each method adds one layer to the graph
 * and, where a gradient is due, its rule to the tape.
 *
 * <p>Tokens of a batch are one flat list {@code [tokens]}; texts stand side by side only inside
 * attention.
 */
public final class ModelGraph {

    private final Tape tape;
    private final EncoderConfig config;
    private final ModelWeights weights;
    private final TextInputs inputs;
    private final DropoutMasks masks;
    private final boolean training;
    private Optional<HeadLayout> paddedHeads = Optional.empty();

    ModelGraph(
            Tape tape,
            EncoderConfig config,
            ModelWeights weights,
            TextInputs inputs,
            DropoutMasks masks,
            boolean training) {
        this.tape = tape;
        this.config = config;
        this.weights = weights;
        this.inputs = inputs;
        this.masks = masks;
        this.training = training;
    }

    /** The encoder's numbers. */
    public EncoderConfig config() {
        return config;
    }

    /** Each token's row of an embedding table {@code [vocabulary, hidden]}. */
    public Value wordEmbeddings(String table) {
        return gatherRows(
                weights.frozen(table, TensorShape.of(config.vocabularySize(), config.hiddenSize())),
                inputs.inputIds());
    }

    /** Each token's row of a position table {@code [maxPositions, hidden]}. */
    public Value positionEmbeddings(Value table) {
        return gatherRows(table, inputs.positionIds());
    }

    /** The frozen position table {@code [maxPositions, hidden]}. */
    public Value positionTable(String table) {
        return weights.frozen(table, TensorShape.of(config.maxPositions(), config.hiddenSize()));
    }

    /** Row 0 of the token-type table: a classifier's texts are all of the first type. */
    public Value firstTokenType(String table) {
        Value types =
                weights.frozen(table, TensorShape.of(config.tokenTypes(), config.hiddenSize()));
        return gatherRows(types, Value.constant(tape.graph().int64Scalar("first_row", 0)));
    }

    /** {@code a + b}. */
    public Value add(Value a, Value b) {
        return Residual.apply(tape, a, b);
    }

    /** Layer normalization with the module's frozen {@code weight} and {@code bias}. */
    public Value layerNorm(Value x, String module) {
        TensorShape shape = TensorShape.of(config.hiddenSize());
        return LayerNormalization.apply(
                tape,
                x,
                weights.frozen(module + ".weight", shape),
                weights.frozen(module + ".bias", shape),
                config.layerNormEpsilon());
    }

    /** A linear layer. */
    public Value linear(Value x, String module, long inputSize, long outputSize) {
        return linear(x, new LinearModule(module, inputSize, outputSize), LinearScale.NONE);
    }

    /** A linear layer from hidden to hidden. */
    public Value linear(Value x, String module) {
        return linear(x, module, config.hiddenSize(), config.hiddenSize());
    }

    /**
     * The feed-forward layer {@code reduce(activation(expand(x)))}, of hidden, intermediate and again
     * hidden size.
     */
    public Value feedForward(Value x, String expandModule, String reduceModule) {
        LinearModule expand =
                new LinearModule(expandModule, config.hiddenSize(), config.intermediateSize());
        LinearModule reduce =
                new LinearModule(reduceModule, config.intermediateSize(), config.hiddenSize());
        if (training && config.activation() == Activation.GELU) {
            Value t = linear(x, expand, LinearScale.ofOutput(ScaledGelu.FACTOR));
            Value g = ScaledGelu.apply(tape, t);
            return linear(g, reduce, LinearScale.ofInput(ScaledGelu.FACTOR));
        }
        Value activated = activation(linear(x, expand, LinearScale.NONE), config.activation());
        return linear(activated, reduce, LinearScale.NONE);
    }

    private Value linear(Value x, LinearModule module, LinearScale scale) {
        return weights.linear(tape, module, x, scale);
    }

    /** An elementwise activation. */
    public Value activation(Value x, Activation activation) {
        return activation.apply(tape, x);
    }

    /** Dropout of the base's own, by its rate. */
    public Value dropout(Value x, double rate) {
        return new Dropout(rate, masks).apply(tape, x, config.hiddenSize());
    }

    /** Self-attention of every token over its text's tokens. */
    public Value selfAttention(Value query, Value key, Value value) {
        return attention(tokenHeads()).apply(tape, query, key, value);
    }

    /** Attention of one row per text over its tokens: all that the last layer needs. */
    public Value firstTokenAttention(Value query, Value key, Value value) {
        HeadLayout rows =
                inputs.lone()
                        ? new HeadLayout.Lone(Rows.TEXTS, config.heads(), config.headSize())
                        : new HeadLayout.OneRow(config.heads(), config.headSize());
        return attention(rows).apply(tape, query, key, value);
    }

    /** Each text's first token, [CLS]: {@code [tokens, hidden]} to {@code [batch, hidden]}. */
    public Value firstTokens(Value x) {
        return FirstTokens.apply(tape, x, inputs.clsIndex());
    }

    private Attention attention(HeadLayout queries) {
        return new Attention(
                queries,
                tokenHeads(),
                inputs.lone() ? Optional.empty() : Optional.of(inputs.attentionBias()),
                config.headSize(),
                new Dropout(config.attentionDropout(), masks));
    }

    private HeadLayout tokenHeads() {
        return inputs.lone()
                ? new HeadLayout.Lone(Rows.TOKENS, config.heads(), config.headSize())
                : paddedHeads();
    }

    /** Emits the indices when first asked for: a head alone has no use for them. */
    private HeadLayout paddedHeads() {
        if (paddedHeads.isEmpty()) {
            HeadIndex index = new HeadIndex(tape.graph(), config.heads());
            paddedHeads =
                    Optional.of(
                            new HeadLayout.Padded(
                                    index.ofSlots(inputs.padIndex()),
                                    index.ofTokens(inputs.padIndex(), inputs.unpadIndex()),
                                    inputs.slotMask(),
                                    config.heads(),
                                    config.headSize()));
        }
        return paddedHeads.get();
    }

    private Value gatherRows(Value table, Value index) {
        GraphBuilder graph = tape.graph();
        return Value.constant(
                graph.node("Gather", List.of(table.name(), index.name()), Attributes.of("axis", 0)),
                Rows.TOKENS);
    }
}
