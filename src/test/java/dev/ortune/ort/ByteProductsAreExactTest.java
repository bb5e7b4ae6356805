package dev.ortune.ort;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.ortune.checkpoint.TensorShape;
import dev.ortune.graph.op.GraphBuilder;
import dev.ortune.onnx.proto.GraphProto;
import dev.ortune.onnx.proto.ModelProto;
import dev.ortune.onnx.proto.OperatorSetIdProto;
import dev.ortune.onnx.proto.TensorProto;
import dev.ortune.onnx.proto.TensorProto.DataType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever the processor: the largest bytes that there are, and sums far above 16 bits. */
class ByteProductsAreExactTest {

    private static final int INPUTS = 256;
    private static final int OUTPUTS = 32;

    @TempDir private Path folder;

    @Test
    void sumsOfTheLargestProductsAreNotCutOff() {
        byte[] weight = new byte[INPUTS * OUTPUTS];
        Arrays.fill(weight, (byte) 127);
        float[] x = new float[INPUTS];
        Arrays.fill(x, 1f);
        try (OrtRuntime runtime = OrtRuntime.open(1);
                InferenceSession session = runtime.openInference(model(weight), folder)) {
            float[] y =
                    session.run(Map.of("x", new HostTensor.Floats(TensorShape.of(1, INPUTS), x)))
                            .floats("y");

            assertThat(y).hasSize(OUTPUTS);
            for (float value : y) {
                assertThat(value / (127f * INPUTS)).isBetween(0.9999f, 1.0001f);
            }
        }
    }

    private static ModelProto model(byte[] weight) {
        GraphBuilder builder = new GraphBuilder("product");
        builder.input("x", DataType.FLOAT, "rows", INPUTS);
        builder.floatScalar("scale", 1f);
        builder.addNode(
                GraphBuilder.MICROSOFT,
                "DynamicQuantizeMatMul",
                List.of("x", "weight", "scale"),
                List.of("y"));
        builder.output("y", DataType.FLOAT, "rows", OUTPUTS);
        GraphProto graph =
                builder.build().toBuilder()
                        .addInitializer(
                                TensorProto.newBuilder()
                                        .setName("weight")
                                        .setDataType(DataType.INT8_VALUE)
                                        .addDims(INPUTS)
                                        .addDims(OUTPUTS)
                                        .setRawData(ByteString.copyFrom(weight)))
                        .build();
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(17))
                .addOpsetImport(
                        OperatorSetIdProto.newBuilder()
                                .setDomain(GraphBuilder.MICROSOFT)
                                .setVersion(1))
                .setGraph(graph)
                .build();
    }
}
