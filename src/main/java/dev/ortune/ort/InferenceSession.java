package dev.ortune.ort;

import dev.ortune.onnx.proto.ModelProto;
import dev.ortune.onnx.proto.ValueInfoProto;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.onnxruntime.OrtEnv;
import org.bytedeco.onnxruntime.OrtPrepackedWeightsContainer;
import org.bytedeco.onnxruntime.OrtSession;
import org.bytedeco.onnxruntime.OrtSessionOptions;

/**
 * A session that runs a graph forward.
 *
 * <p>Thread-safe: runs may overlap on the CPU and take turns on a GPU.
 */
public final class InferenceSession extends NativeHandle {

    private final NativeApi api;
    private final SessionSettings.Opened<OrtSession> opened;
    private final Map<String, NativeTensor> fixed = new LinkedHashMap<>();
    private final GraphRun run;

    /**
     * Opens a session.
     *
     * @param fixedInputs inputs that are the same in every run, copied now
     * @param bound whether inputs are bound to the device's memory
     */
    InferenceSession(
            NativeApi api,
            HandleCount handles,
            OrtEnv environment,
            SessionSettings settings,
            ModelProto model,
            Path weightsFolder,
            Device device,
            Map<String, ? extends HostTensor> fixedInputs,
            boolean bound) {
        super(handles);
        this.api = api;
        List<String> inputNames =
                model.getGraph().getInputList().stream().map(ValueInfoProto::getName).toList();
        List<String> outputNames =
                model.getGraph().getOutputList().stream().map(ValueInfoProto::getName).toList();
        this.opened =
                settings.open(
                        List.of(model),
                        weightsFolder,
                        device,
                        SessionSettings.Use.ANSWERS,
                        (options, packed) -> open(environment, model, options, packed));
        OrtSession session = opened.session();
        fixedInputs.forEach((name, tensor) -> fixed.put(name, NativeTensor.copyOf(api, tensor)));
        this.run =
                bound
                        ? new BoundRun(api, session, inputNames, outputNames, fixed)
                        : new DirectRun(api, session, inputNames, outputNames, fixed);
    }

    /**
     * Runs the graph.
     *
     * @param inputs every graph input but the fixed ones, by name
     */
    public Outputs run(Map<String, ? extends HostTensor> inputs) {
        requireOpen();
        return run.run(inputs);
    }

    @Override
    void release() {
        run.close();
        api.api().ReleaseSession(opened.session());
        opened.weights().close();
        fixed.values().forEach(tensor -> tensor.release(api));
    }

    private OrtSession open(
            OrtEnv environment,
            ModelProto model,
            OrtSessionOptions options,
            OrtPrepackedWeightsContainer packed) {
        byte[] bytes = model.toByteArray();
        try (BytePointer buffer = new BytePointer(bytes);
                PointerPointer<Pointer> out = new PointerPointer<>(1)) {
            api.check(
                    api.api()
                            .CreateSessionFromArrayWithPrepackedWeightsContainer(
                                    environment, buffer, bytes.length, options, packed, out));
            return new OrtSession(out.get());
        }
    }
}
