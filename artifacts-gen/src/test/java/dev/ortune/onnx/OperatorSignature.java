package dev.ortune.onnx;

import dev.ortune.onnx.proto.AttributeProto.AttributeType;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * How an operator may be used.
 *
 * @param inputs fewest and most inputs
 * @param outputs fewest and most outputs
 * @param attributes the types of its attributes
 * @param required the attributes that it must have
 */
record OperatorSignature(
        Range inputs, Range outputs, Map<String, AttributeType> attributes, Set<String> required) {

    /** A count between two bounds, both included. */
    record Range(int least, int most) {
        boolean holds(int count) {
            return count >= least && count <= most;
        }
    }

    static final String ONNX = "";
    static final String MICROSOFT = "com.microsoft";

    private static final AttributeType INT = AttributeType.INT;
    private static final AttributeType INTS = AttributeType.INTS;
    private static final AttributeType FLOAT = AttributeType.FLOAT;
    private static final AttributeType STRING = AttributeType.STRING;
    private static final AttributeType TENSOR = AttributeType.TENSOR;

    /** The ONNX operators in use, as opset 17 defines them (onnx/docs/Operators.md). */
    static Map<String, OperatorSignature> onnx17() {
        Map<String, OperatorSignature> all = new HashMap<>();
        for (String binary :
                Set.of("Add", "Sub", "Mul", "Div", "MatMul", "Less", "Equal", "And", "Or")) {
            all.put(binary, of(2, 2, 1, 1, Map.of()));
        }
        for (String unary :
                Set.of(
                        "Neg",
                        "Softplus",
                        "Sigmoid",
                        "Relu",
                        "Tanh",
                        "Erf",
                        "Exp",
                        "Sqrt",
                        "Identity",
                        "NonZero",
                        "Size")) {
            all.put(unary, of(1, 1, 1, 1, Map.of()));
        }
        all.put(
                "Gemm",
                of(
                        2,
                        3,
                        1,
                        1,
                        Map.of("alpha", FLOAT, "beta", FLOAT, "transA", INT, "transB", INT)));
        all.put(
                "LayerNormalization",
                of(2, 3, 1, 3, Map.of("axis", INT, "epsilon", FLOAT, "stash_type", INT)));
        all.put("Dropout", of(1, 3, 1, 2, Map.of("seed", INT)));
        all.put(
                "SoftmaxCrossEntropyLoss",
                of(2, 3, 1, 2, Map.of("ignore_index", INT, "reduction", STRING)));
        all.put("ScatterND", of(3, 3, 1, 1, Map.of("reduction", STRING)));
        all.put("Gather", of(2, 2, 1, 1, Map.of("axis", INT)));
        all.put("Softmax", of(1, 1, 1, 1, Map.of("axis", INT)));
        all.put("Reshape", of(2, 2, 1, 1, Map.of("allowzero", INT)));
        all.put("SequenceAt", of(2, 2, 1, 1, Map.of()));
        all.put("SequenceConstruct", of(1, Integer.MAX_VALUE, 1, 1, Map.of()));
        all.put("Min", of(1, Integer.MAX_VALUE, 1, 1, Map.of()));
        all.put(
                "Concat",
                new OperatorSignature(
                        new Range(1, Integer.MAX_VALUE),
                        new Range(1, 1),
                        Map.of("axis", INT),
                        Set.of("axis")));
        all.put("TopK", of(2, 2, 2, 2, Map.of("axis", INT, "largest", INT, "sorted", INT)));
        // Axes became an input in opset 18 only.
        all.put("ReduceSumSquare", of(1, 1, 1, 1, Map.of("axes", INTS, "keepdims", INT)));
        all.put("Unsqueeze", of(2, 2, 1, 1, Map.of()));
        all.put("Shape", of(1, 1, 1, 1, Map.of("start", INT, "end", INT)));
        all.put("ConstantOfShape", of(1, 1, 1, 1, Map.of("value", TENSOR)));
        all.put(
                "Cast",
                new OperatorSignature(
                        new Range(1, 1), new Range(1, 1), Map.of("to", INT), Set.of("to")));
        all.put("ReduceSum", of(1, 2, 1, 1, Map.of("keepdims", INT, "noop_with_empty_axes", INT)));
        all.put("Transpose", of(1, 1, 1, 1, Map.of("perm", INTS)));
        all.put("Where", of(3, 3, 1, 1, Map.of()));
        all.put("Range", of(3, 3, 1, 1, Map.of()));
        all.put("CumSum", of(2, 2, 1, 1, Map.of("exclusive", INT, "reverse", INT)));
        all.put("ReduceMax", of(1, 1, 1, 1, Map.of("axes", INTS, "keepdims", INT)));
        // Axes became an input in opset 18 only.
        all.put("ReduceMean", of(1, 1, 1, 1, Map.of("axes", INTS, "keepdims", INT)));
        return all;
    }

    /** ONNX Runtime's operators in use (contrib_defs.cc, training_op_defs.cc of 1.24). */
    static Map<String, OperatorSignature> microsoft1() {
        Map<String, OperatorSignature> all = new HashMap<>();
        all.put(
                "FusedMatMul",
                of(
                        2,
                        2,
                        1,
                        1,
                        Map.of(
                                "alpha", FLOAT,
                                "transA", INT,
                                "transB", INT,
                                "transBatchA", INT,
                                "transBatchB", INT)));
        all.put("Gelu", of(1, 1, 1, 1, Map.of()));
        all.put("DynamicQuantizeMatMul", of(3, 5, 1, 1, Map.of()));
        all.put("ReluGrad", of(2, 2, 1, 1, Map.of()));
        all.put("DropoutGrad", of(2, 4, 1, 1, Map.of()));
        all.put(
                "SoftmaxCrossEntropyLossGrad",
                of(3, 5, 1, 1, Map.of("ignore_index", INT, "reduction", STRING)));
        all.put("InPlaceAccumulatorV2", of(2, 3, 1, 2, Map.of()));
        all.put(
                "AdamWOptimizer",
                of(
                        6,
                        7,
                        1,
                        4,
                        Map.of(
                                "alpha", FLOAT,
                                "beta", FLOAT,
                                "epsilon", FLOAT,
                                "weight_decay", FLOAT,
                                "adam_mode", INT,
                                "correct_bias", INT)));
        return all;
    }

    private static OperatorSignature of(
            int leastInputs,
            int mostInputs,
            int leastOutputs,
            int mostOutputs,
            Map<String, AttributeType> attributes) {
        return new OperatorSignature(
                new Range(leastInputs, mostInputs),
                new Range(leastOutputs, mostOutputs),
                attributes,
                Set.of());
    }
}
