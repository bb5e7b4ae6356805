package dev.ortune.bench;

import dev.ortune.checkpoint.TensorShape;
import dev.ortune.graph.EncoderConfig;
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
 * The machine's own SGEMM rate, through the same runtime and threads as training: the product of a
 * tokens-by-hidden matrix with a feed-forward weight, both in native memory beforehand.
 *
 * <p>For one thread.
 */
public final class MatrixRate implements AutoCloseable {

    private static final int ROWS = 1024;

    private final InferenceSession session;
    private final double operations;

    private MatrixRate(InferenceSession session, double operations) {
        this.session = session;
        this.operations = operations;
    }

    /** Prepares products of the encoder's sizes. */
    public static MatrixRate of(OrtRuntime runtime, EncoderConfig config) {
        int inner = config.hiddenSize();
        int columns = config.intermediateSize();
        GraphBuilder graph = new GraphBuilder("matrix_rate");
        String a = graph.input("a", DataType.FLOAT, ROWS, inner);
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
        InferenceSession session =
                runtime.openInference(
                        model,
                        Path.of("."),
                        Map.of("a", filled(ROWS, inner), "b", filled(inner, columns)));
        session.run(Map.of());
        return new MatrixRate(session, 2.0 * ROWS * inner * columns);
    }

    /** GFLOP/s, two operations per multiply-add: the median of some products. */
    public double measure(int repetitions) {
        double[] seconds = new double[repetitions];
        for (int i = 0; i < repetitions; i++) {
            long begin = System.nanoTime();
            session.run(Map.of());
            seconds[i] = (System.nanoTime() - begin) / 1e9;
        }
        Arrays.sort(seconds);
        return operations / seconds[repetitions / 2] / 1e9;
    }

    @Override
    public void close() {
        session.close();
    }

    private static HostTensor filled(int rows, int columns) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (i % 13) * 0.1f;
        }
        return new HostTensor.Floats(TensorShape.of(rows, columns), values);
    }
}
