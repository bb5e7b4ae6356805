package dev.ortune.graph;

import dev.ortune.graph.op.Dropout;
import dev.ortune.graph.op.DropoutMasks;
import dev.ortune.graph.op.GlobalNorm;
import dev.ortune.graph.op.GraphBuilder;
import dev.ortune.graph.op.SigmoidCrossEntropy;
import dev.ortune.graph.op.SoftmaxCrossEntropy;
import dev.ortune.graph.op.Tape;
import dev.ortune.graph.op.Value;
import dev.ortune.onnx.proto.ModelProto;
import dev.ortune.onnx.proto.OperatorSetIdProto;
import dev.ortune.onnx.proto.TensorProto.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Generates a job's ONNX graphs in the form that ONNX Runtime's training API reads (conventions of
 * {@code onnxruntime.training.artifacts}).
 *
 * <p>All graphs of a base share one external-data file, so generating them touches no weights.
 */
public final class ClassifierGraphs {

    /** The output with the mean loss, float32 []. */
    public static final String LOSS = "loss";

    /** The output with the logits, float32 [batch, labels]. */
    public static final String LOGITS = "logits";

    /**
     * The output with the global norm of all gradients accumulated so far, float32 [1]: after the last
     * run of an optimizer step, that of the step's gradient before it is clipped.
     */
    public static final String GRADIENT_NORM = "gradient_norm";

    /** The input with the targets: int64 [batch], or float32 [batch, labels] for multi-label. */
    public static final String LABELS = "labels";

    /** The training input that scales the gradient: 1 / batches per optimizer step, float32 []. */
    public static final String GRADIENT_SCALE = "gradient_scale";

    private static final int IR_VERSION = 8;
    private static final int OPSET = 17;

    /** What a training graph may give beside loss and logits. */
    private enum Extra {
        NOTHING,
        GRADIENTS,
        GRADIENT_NORM
    }

    private final ClassifierModel model;
    private final ClassifierOptions options;
    private final FrozenWeights weights;
    private final AdapterPlan plan;

    /** Graphs of a base for one job's options. */
    public ClassifierGraphs(
            ClassifierModel model, ClassifierOptions options, FrozenWeights weights) {
        this.model = model;
        this.options = options;
        this.weights = weights;
        this.plan = AdapterPlan.of(model.structure(options.labels().size()), options, weights);
    }

    /** What is adapted and trained. */
    public AdapterPlan plan() {
        return plan;
    }

    /**
     * Forward, loss, backward and gradient accumulation: inputs are the text inputs, labels and
     * gradient scale, then the parameters, their accumulation buffers and {@code lazy_reset_grad}.
     */
    public ModelProto training(DropoutMasks masks) {
        return training(masks, Extra.NOTHING);
    }

    /** As {@link #training(DropoutMasks)}, with {@link #GRADIENT_NORM} as an output. */
    public ModelProto trainingWithGradientNorm(DropoutMasks masks) {
        return training(masks, Extra.GRADIENT_NORM);
    }

    /** As {@link #training(DropoutMasks)}, with every gradient as an output, to check them. */
    public ModelProto trainingWithGradientOutputs(DropoutMasks masks) {
        return training(masks, Extra.GRADIENTS);
    }

    private ModelProto training(DropoutMasks masks, Extra extra) {
        GraphBuilder graph = new GraphBuilder("training");
        Tape tape = new Tape(graph);
        TextInputs inputs = TextInputs.declare(graph, true);
        Value labels = labelsInput(graph);
        Value scale = Value.constant(graph.input(GRADIENT_SCALE, DataType.FLOAT));

        EncoderConfig config =
                options.modelDropout() ? model.config() : model.config().withoutDropout();
        Value logits = forward(tape, config, inputs, masks, true);
        Value loss = loss(tape, logits, labels, scale);
        tape.backward(loss, scale.name());
        // After the masks, which the forward pass declares: the training API wants the user's
        // inputs
        // first.
        declareParameters(graph);

        graph.outputAs(loss.name(), LOSS, DataType.FLOAT);
        graph.outputAs(logits.name(), LOGITS, DataType.FLOAT, "batch", options.labels().size());
        if (extra == Extra.GRADIENTS) {
            for (TrainableParameter parameter : plan.parameters()) {
                graph.outputAs(
                        gradientOf(tape, parameter),
                        "gradient/" + parameter.name(),
                        DataType.FLOAT,
                        parameter.shape().dimensions().toArray());
            }
        }
        List<String> sums = accumulate(graph, tape, extra == Extra.GRADIENT_NORM);
        if (extra == Extra.GRADIENT_NORM) {
            graph.outputAs(GlobalNorm.of(graph, sums), GRADIENT_NORM, DataType.FLOAT, 1);
        }
        // After the user's outputs, as the training API wants it.
        for (TrainableParameter parameter : plan.parameters()) {
            graph.output(doneName(parameter), DataType.BOOL, 1);
        }
        return modelOf(graph);
    }

    /** Forward and loss: inputs are the text inputs and labels, then the parameters. */
    public ModelProto evaluation() {
        GraphBuilder graph = new GraphBuilder("evaluation");
        Tape tape = new Tape(graph);
        TextInputs inputs = TextInputs.declare(graph, false);
        Value labels = labelsInput(graph);
        declareParameters(graph);
        Value logits = forward(tape, model.config(), inputs, DropoutMasks.none(), false);
        Value loss = loss(tape, logits, labels, Value.constant(GRADIENT_SCALE));
        graph.outputAs(loss.name(), LOSS, DataType.FLOAT);
        graph.outputAs(logits.name(), LOGITS, DataType.FLOAT, "batch", options.labels().size());
        return modelOf(graph);
    }

    /** Forward only: inputs are the text inputs, then the parameters. */
    public ModelProto inference() {
        return inference(new FrozenLinear.Float32(weights));
    }

    /** As {@link #inference()}, with the frozen linear layers computed as given. */
    public ModelProto inference(FrozenLinear frozenLinear) {
        GraphBuilder graph = new GraphBuilder("inference");
        Tape tape = new Tape(graph);
        TextInputs inputs = TextInputs.declare(graph, false);
        declareParameters(graph);
        ModelWeights bound = new InferenceWeights(tape, weights, plan, frozenLinear);
        DropoutMasks none = DropoutMasks.none();
        ModelGraph modelGraph = new ModelGraph(tape, model.config(), bound, inputs, none, false);
        Value logits = model.family().logits(modelGraph, options.labels().size());
        graph.outputAs(logits.name(), LOGITS, DataType.FLOAT, "batch", options.labels().size());
        return modelOf(graph);
    }

    /** AdamW over all parameters, with clipping before it. */
    public ModelProto optimizer(OptimizerOptions optimizer) {
        return modelOf(OptimizerGraph.of(optimizer, plan.parameters().size()));
    }

    private Value forward(
            Tape tape,
            EncoderConfig config,
            TextInputs inputs,
            DropoutMasks masks,
            boolean training) {
        Dropout loraDropout = new Dropout(options.lora().dropout(), masks);
        ModelWeights bound = new ModelWeights.Bound(tape, weights, plan, loraDropout, training);
        ModelGraph modelGraph = new ModelGraph(tape, config, bound, inputs, masks, training);
        return model.family().logits(modelGraph, options.labels().size());
    }

    private Value labelsInput(GraphBuilder graph) {
        return Value.constant(
                switch (options.problemType()) {
                    case SINGLE_LABEL -> graph.input(LABELS, DataType.INT64, "batch");
                    case MULTI_LABEL ->
                            graph.input(LABELS, DataType.FLOAT, "batch", options.labels().size());
                });
    }

    private Value loss(Tape tape, Value logits, Value labels, Value gradientScale) {
        Optional<Value> labelWeights =
                options.labelWeights()
                        .map(list -> Value.constant(tape.graph().floats("label_weights", list)));
        return switch (options.problemType()) {
            case SINGLE_LABEL ->
                    SoftmaxCrossEntropy.apply(tape, logits, labels, labelWeights, gradientScale);
            case MULTI_LABEL ->
                    SigmoidCrossEntropy.apply(tape, logits, labels, labelWeights, gradientScale);
        };
    }

    private void declareParameters(GraphBuilder graph) {
        for (TrainableParameter parameter : plan.parameters()) {
            graph.input(parameter.name(), DataType.FLOAT, parameter.shape().dimensions().toArray());
        }
    }

    /**
     * Ends every gradient in an in-place accumulation, as the training API expects it.
     *
     * @param sumsAreRead whether the graph reads what is in the buffers afterwards
     * @return the buffers after the accumulation, if they are read
     */
    private List<String> accumulate(GraphBuilder graph, Tape tape, boolean sumsAreRead) {
        for (TrainableParameter parameter : plan.parameters()) {
            graph.input(
                    bufferName(parameter),
                    DataType.FLOAT,
                    parameter.shape().dimensions().toArray());
        }
        String reset = graph.input("lazy_reset_grad", DataType.BOOL, 1);
        List<String> sums = new ArrayList<>();
        for (TrainableParameter parameter : plan.parameters()) {
            List<String> outputs = new ArrayList<>(List.of(doneName(parameter)));
            if (sumsAreRead) {
                // The buffer itself: ONNX Runtime copies nothing.
                String sum = parameter.name() + "_grad.accumulation.sum";
                outputs.add(sum);
                sums.add(sum);
            }
            graph.addNode(
                    GraphBuilder.MICROSOFT,
                    "InPlaceAccumulatorV2",
                    List.of(bufferName(parameter), gradientOf(tape, parameter), reset),
                    outputs);
        }
        return sums;
    }

    private static String doneName(TrainableParameter parameter) {
        return parameter.name() + "_grad.accumulation.out";
    }

    private static String bufferName(TrainableParameter parameter) {
        return parameter.name() + "_grad.accumulation.buffer";
    }

    private static String gradientOf(Tape tape, TrainableParameter parameter) {
        return tape.gradient(Value.parameter(parameter.name(), true))
                .orElseThrow(
                        () -> new IllegalStateException("no gradient reached " + parameter.name()));
    }

    static ModelProto modelOf(GraphBuilder graph) {
        return ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("ortune")
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPSET))
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder()
                                .setDomain(GraphBuilder.MICROSOFT)
                                .setVersion(1))
                .setGraph(graph.build())
                .build();
    }
}
