package dev.ortune.export;

import com.google.protobuf.ByteString;
import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.onnx.proto.ModelProto;
import dev.ortune.onnx.proto.TensorProto;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * An inference graph whose parameters may be left out of a run: each input gets a default, which an
 * ONNX Runtime adapter file or the caller replaces. Without, ONNX Runtime's Python would refuse a run
 * whose parameters come from an adapter.
 */
final class AdaptableGraph {

    private AdaptableGraph() {}

    /** The graph with defaults for the inputs of the parameters' names. */
    static ModelProto of(ModelProto inference, List<FloatTensor> defaults) {
        ModelProto.Builder model = inference.toBuilder();
        for (FloatTensor parameter : defaults) {
            model.getGraphBuilder()
                    .addInitializer(
                            TensorProto.newBuilder()
                                    .setName(parameter.name())
                                    .setDataType(TensorProto.DataType.FLOAT_VALUE)
                                    .addAllDims(parameter.shape().dimensions())
                                    .setRawData(bytes(parameter.values())));
        }
        return model.build();
    }

    private static ByteString bytes(float[] values) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES))
                        .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return ByteString.copyFrom(bytes);
    }
}
