package dev.ortune.ort;

import dev.ortune.checkpoint.TensorShape;
import dev.ortune.error.OrtuneException;
import dev.ortune.onnx.proto.GraphProto;
import dev.ortune.onnx.proto.ModelProto;
import dev.ortune.onnx.proto.NodeProto;
import dev.ortune.onnx.proto.OperatorSetIdProto;
import dev.ortune.onnx.proto.TensorProto.DataType;
import dev.ortune.onnx.proto.TensorShapeProto;
import dev.ortune.onnx.proto.TypeProto;
import dev.ortune.onnx.proto.ValueInfoProto;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.bytedeco.onnxruntime.OrtEnv;
import org.bytedeco.onnxruntime.global.onnxruntime;

/**
 * Finds out whether a device computes, by letting it: a provider that is in the build may miss its
 * libraries, its driver or its hardware, and only a run shows them all.
 */
final class DeviceProbe {

    private static final String PRODUCT = "product";
    private static final HostTensor.Floats FACTOR =
            new HostTensor.Floats(TensorShape.of(2, 2), new float[] {1, 2, 3, 4});
    private static final float[] SQUARE = {7, 10, 15, 22};

    private final NativeApi api;
    private final OrtEnv environment;

    DeviceProbe(NativeApi api, OrtEnv environment) {
        this.api = api;
        this.environment = environment;
    }

    DeviceState state(Device device) {
        if (!ExecutionProviders.inBuild(api).contains(device.provider())) {
            return new DeviceState.NotInBuild(device, DeviceRemedies.build(device));
        }
        // The reason is told once, in our words: ONNX Runtime would log it as well.
        api.check(
                api.api()
                        .UpdateEnvWithCustomLogLevel(
                                environment, onnxruntime.ORT_LOGGING_LEVEL_FATAL));
        try (InferenceSession session =
                new InferenceSession(
                        api,
                        new HandleCount(),
                        environment,
                        new SessionSettings(api, new HandleCount()),
                        square(),
                        Path.of(""),
                        device,
                        Map.of(),
                        true)) {
            float[] product = session.run(Map.of("a", FACTOR, "b", FACTOR)).floats(PRODUCT);
            return Arrays.equals(product, SQUARE)
                    ? new DeviceState.Usable(device)
                    : new DeviceState.Unusable(
                            device,
                            "It computed a wrong product: " + Arrays.toString(product) + ".",
                            "Update its driver.");
        } catch (OrtuneException e) {
            return DeviceRemedies.unusable(device, e.getMessage());
        } finally {
            api.check(
                    api.api().UpdateEnvWithCustomLogLevel(environment, OrtRuntime.LOG_ERRORS_ONLY));
        }
    }

    /** A product of two inputs, which no optimizer can compute beforehand. */
    private static ModelProto square() {
        return ModelProto.newBuilder()
                .setIrVersion(8)
                .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
                .setGraph(
                        GraphProto.newBuilder()
                                .setName("probe")
                                .addNode(
                                        NodeProto.newBuilder()
                                                .setOpType("MatMul")
                                                .addInput("a")
                                                .addInput("b")
                                                .addOutput(PRODUCT))
                                .addInput(matrix("a"))
                                .addInput(matrix("b"))
                                .addOutput(matrix(PRODUCT)))
                .build();
    }

    private static ValueInfoProto matrix(String name) {
        TensorShapeProto.Dimension two =
                TensorShapeProto.Dimension.newBuilder().setDimValue(2).build();
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(
                        TypeProto.newBuilder()
                                .setTensorType(
                                        TypeProto.Tensor.newBuilder()
                                                .setElemType(DataType.FLOAT_VALUE)
                                                .setShape(
                                                        TensorShapeProto.newBuilder()
                                                                .addDim(two)
                                                                .addDim(two))))
                .build();
    }
}
