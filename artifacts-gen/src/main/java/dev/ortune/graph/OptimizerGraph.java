package dev.ortune.graph;

import dev.ortune.graph.op.Attributes;
import dev.ortune.graph.op.GradientClipping;
import dev.ortune.graph.op.GraphBuilder;
import dev.ortune.onnx.proto.TensorProto.DataType;
import java.util.List;

/**
 * AdamW over all parameters, with clipping by the global norm before it, in the form that ONNX
 * Runtime's training API reads.
 *
 * <p>ONNX Runtime knows one parameter group, so the decay here acts on biases too; the trainer takes
 * it back for those ({@link TrainableParameter#decays()}).
 */
final class OptimizerGraph {

    private OptimizerGraph() {}

    static GraphBuilder of(OptimizerOptions optimizer, int parameterCount) {
        GraphBuilder graph = new GraphBuilder("optimizer");
        String learningRate = graph.input("learning_rate", DataType.FLOAT, 1);
        String step = graph.input("step", DataType.INT64, 1);
        String parameters = graph.sequenceInput("params");
        String gradients = graph.sequenceInput("gradients");
        String clipped =
                optimizer.clipNorm().isPresent()
                        ? GradientClipping.apply(
                                graph,
                                gradients,
                                parameterCount,
                                optimizer.clipNorm().getAsDouble())
                        : gradients;
        graph.addNode(
                GraphBuilder.MICROSOFT,
                "AdamWOptimizer",
                List.of(
                        learningRate,
                        step,
                        parameters,
                        clipped,
                        graph.sequenceInput("first_order_moments"),
                        graph.sequenceInput("second_order_moments")),
                List.of("updated"),
                Attributes.of("alpha", (float) optimizer.beta1()),
                Attributes.of("beta", (float) optimizer.beta2()),
                Attributes.of("epsilon", (float) optimizer.epsilon()),
                Attributes.of("weight_decay", (float) optimizer.weightDecay()),
                Attributes.of("adam_mode", 0),
                Attributes.of("correct_bias", 1));
        graph.output("updated", DataType.BOOL, 1);
        return graph;
    }
}
