package dev.ortune.ort;

import dev.ortune.onnx.proto.ModelProto;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.onnxruntime.OrtEnv;
import org.bytedeco.onnxruntime.OrtThreadingOptions;
import org.bytedeco.onnxruntime.global.onnxruntime;

/**
 * ONNX Runtime in this process: its environment with one pool of threads that all sessions share.
 *
 * <p>Thread-safe. Close it after every session. ONNX Runtime has one environment per process: while
 * one runtime is open, another one shares its threads, whatever count it asked for.
 */
public final class OrtRuntime extends NativeHandle {

    static final int LOG_ERRORS_ONLY = onnxruntime.ORT_LOGGING_LEVEL_ERROR;

    private final NativeApi api;
    private final HandleCount handles;
    private final OrtEnv environment;
    private final int threads;
    private final SessionSettings settings;
    private final DeviceSelection selection;

    private OrtRuntime(NativeApi api, HandleCount handles, int threads, DeviceRequest request) {
        super(handles);
        this.api = api;
        this.handles = handles;
        this.threads = threads;
        this.environment = createEnvironment(api, threads);
        this.settings = new SessionSettings(api, handles);
        this.selection = DeviceSelection.of(request, new DeviceProbe(api, environment)::state);
    }

    /**
     * Loads ONNX Runtime, to compute on the CPU.
     *
     * @param threads threads that compute, at least 1; results are reproducible for equal counts
     * @throws dev.ortune.error.UnavailableException {@code RUNTIME_UNAVAILABLE}
     */
    public static OrtRuntime open(int threads) {
        return open(threads, DeviceRequest.CPU);
    }

    /**
     * Loads ONNX Runtime, to compute on a device if that works, else on the CPU: {@link
     * #selection()} says which it is.
     *
     * @param threads threads that compute, at least 1; results are reproducible for equal counts
     * @throws dev.ortune.error.UnavailableException {@code RUNTIME_UNAVAILABLE}
     */
    public static OrtRuntime open(int threads, DeviceRequest request) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads: " + threads);
        }
        return new OrtRuntime(NativeApi.load(), new HandleCount(), threads, request);
    }

    /** The version of ONNX Runtime. */
    public String version() {
        return api.version();
    }

    /** Threads that compute. */
    public int threads() {
        return threads;
    }

    /** What computes. */
    public DeviceSelection selection() {
        return selection;
    }

    /** Every device and what became of trying it. */
    public List<DeviceState> deviceStates() {
        requireOpen();
        return Stream.of(Device.values()).map(new DeviceProbe(api, environment)::state).toList();
    }

    /** Native handles now open, this runtime's included; 0 after everything is closed. */
    public int openHandles() {
        return handles.open();
    }

    /** Memory for float32 values outside the heap; its content is undefined at first. */
    public FloatBlock allocate(long values) {
        requireOpen();
        return new FloatBlock(handles, values);
    }

    /**
     * Opens a session that trains.
     *
     * @param weightsFolder the folder of the shared weights file, which ONNX Runtime maps
     */
    public TrainingSession openTraining(TrainingArtifacts artifacts, Path weightsFolder) {
        requireOpen();
        return new TrainingSession(
                api,
                handles,
                environment,
                settings,
                artifacts,
                weightsFolder,
                selection.trainingDevice());
    }

    /**
     * Opens a session that infers.
     *
     * @param weightsFolder the folder of the shared weights file, which ONNX Runtime maps
     */
    public InferenceSession openInference(ModelProto model, Path weightsFolder) {
        return openInference(model, weightsFolder, Map.of());
    }

    /**
     * Opens a session that infers with some inputs that never change.
     *
     * @param weightsFolder the folder of the shared weights file, which ONNX Runtime maps
     * @param fixedInputs inputs by name, copied now, on a GPU into its memory; runs leave them out
     */
    public InferenceSession openInference(
            ModelProto model, Path weightsFolder, Map<String, ? extends HostTensor> fixedInputs) {
        return openInference(model, weightsFolder, fixedInputs, selection.device() == Device.CUDA);
    }

    /** The same, with or without binding, whatever the device. */
    InferenceSession openInference(
            ModelProto model,
            Path weightsFolder,
            Map<String, ? extends HostTensor> fixedInputs,
            boolean bound) {
        requireOpen();
        return new InferenceSession(
                api,
                handles,
                environment,
                settings,
                model,
                weightsFolder,
                selection.device(),
                fixedInputs,
                bound);
    }

    @Override
    void release() {
        api.api().ReleaseEnv(environment);
    }

    private static OrtEnv createEnvironment(NativeApi api, int threads) {
        try (PointerPointer<Pointer> out = new PointerPointer<>(1);
                BytePointer name = new BytePointer("ortune")) {
            api.check(api.api().CreateThreadingOptions(out));
            OrtThreadingOptions threading = new OrtThreadingOptions(out.get());
            try {
                api.check(api.api().SetGlobalIntraOpNumThreads(threading, threads));
                api.check(api.api().SetGlobalInterOpNumThreads(threading, 1));
                api.check(
                        api.api()
                                .CreateEnvWithGlobalThreadPools(
                                        LOG_ERRORS_ONLY, name, threading, out));
                return new OrtEnv(out.get());
            } finally {
                api.api().ReleaseThreadingOptions(threading);
            }
        }
    }
}
