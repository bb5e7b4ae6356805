package dev.ortune.bench;

import dev.ortune.checkpoint.TensorShape;
import dev.ortune.graph.op.GraphBuilder;
import dev.ortune.onnx.proto.ModelProto;
import dev.ortune.onnx.proto.OperatorSetIdProto;
import dev.ortune.onnx.proto.TensorProto.DataType;
import dev.ortune.ort.HostTensor;
import dev.ortune.ort.InferenceSession;
import dev.ortune.ort.OrtRuntime;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The machine's own SGEMM rate, through the same runtime and threads as training: the median of
 * several products of a tokens-by-hidden matrix with a feed-forward weight.
 */
public final class MatrixRate {

    private static final int REPETITIONS = 15;

    private MatrixRate() {}

    /** GFLOP/s of {@code [rows, inner] x [inner, columns]}, two operations per multiply-add. */
    public static double measure(OrtRuntime runtime, int rows, int inner, int columns) {
        GraphBuilder graph = new GraphBuilder("matrix_rate");
        String a = graph.input("a", DataType.FLOAT, rows, inner);
        String b = graph.input("b", DataType.FLOAT, inner, columns);
        String product = graph.node("MatMul", List.of(a, b));
        // Only one value leaves, so that copying the result out does not count.
        String corner =
                graph.node(
                        "Slice",
                        List.of(product, graph.int64s("starts", 0, 0), graph.int64s("ends", 1, 1)));
        graph.outputAs(corner, "corner", DataType.FLOAT, 1, 1);
        ModelProto model =
                ModelProto.newBuilder()
                        .setIrVersion(8)
                        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                        .setGraph(graph.build())
                        .build();
        Map<String, HostTensor> inputs =
                Map.of("a", filled(rows, inner), "b", filled(inner, columns));
        double[] seconds = new double[REPETITIONS];
        try (InferenceSession session = runtime.openInference(model, Path.of("."))) {
            session.run(inputs);
            for (int i = 0; i < REPETITIONS; i++) {
                long begin = System.nanoTime();
                session.run(inputs);
                seconds[i] = (System.nanoTime() - begin) / 1e9;
            }
        }
        Arrays.sort(seconds);
        return 2.0 * rows * inner * columns / seconds[REPETITIONS / 2] / 1e9;
    }

    private static HostTensor filled(int rows, int columns) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i % 13) * 0.1f;
        }
        return new HostTensor.Floats(TensorShape.of(rows, columns), values);
    }
}
