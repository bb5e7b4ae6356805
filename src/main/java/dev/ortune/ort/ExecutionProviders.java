package dev.ortune.ort;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.onnxruntime.OrtCUDAProviderOptionsV2;
import org.bytedeco.onnxruntime.OrtSessionOptions;

/** ONNX Runtime's execution providers: which this build has, and how a session gets one. */
final class ExecutionProviders {

    /**
     * TensorFloat-32 keeps 10 bits of a factor: without it a GPU's numbers equal the CPU's but for
     * rounding. Batches differ in size, so the arena grows by what is asked for, not by powers of
     * two.
     */
    private static final Map<String, String> CUDA_OPTIONS =
            Map.of(
                    "device_id", "0",
                    "use_tf32", "0",
                    "arena_extend_strategy", "kSameAsRequested");

    /** Only programs take the graph's operators; their inputs' lengths differ from run to run. */
    private static final Map<String, String> CORE_ML_OPTIONS =
            Map.of(
                    "ModelFormat", "MLProgram",
                    "MLComputeUnits", "ALL",
                    "RequireStaticInputShapes", "0");

    private ExecutionProviders() {}

    /** The providers that this build of ONNX Runtime has, by its own names. */
    static Set<String> inBuild(NativeApi api) {
        // The binding points this at ONNX Runtime's own table.
        PointerPointer<Pointer> names = new PointerPointer<>();
        try (IntPointer count = new IntPointer(1)) {
            api.check(api.api().GetAvailableProviders(names, count));
            Set<String> found = new LinkedHashSet<>();
            for (int i = 0; i < count.get(); i++) {
                found.add(new BytePointer(names.get(i)).getString());
            }
            api.check(api.api().ReleaseAvailableProviders(names, count.get()));
            return found;
        }
    }

    /**
     * Lets a session compute on a device, and on the CPU what the device does not take.
     *
     * @throws dev.ortune.error.InternalException with ONNX Runtime's reason, when the device's
     *     libraries do not load
     */
    static void append(NativeApi api, OrtSessionOptions options, Device device) {
        switch (device) {
            case CPU -> {}
            case CUDA -> appendCuda(api, options);
            case COREML -> appendCoreMl(api, options);
        }
    }

    private static void appendCuda(NativeApi api, OrtSessionOptions options) {
        try (PointerPointer<Pointer> out = new PointerPointer<>(1);
                Settings settings = new Settings(CUDA_OPTIONS)) {
            api.check(api.api().CreateCUDAProviderOptions(out));
            OrtCUDAProviderOptionsV2 cuda = new OrtCUDAProviderOptionsV2(out.get());
            try {
                api.check(
                        api.api()
                                .UpdateCUDAProviderOptions(
                                        cuda, settings.keys, settings.values, settings.count));
                api.check(api.api().SessionOptionsAppendExecutionProvider_CUDA_V2(options, cuda));
            } finally {
                api.api().ReleaseCUDAProviderOptions().call(cuda);
            }
        }
    }

    private static void appendCoreMl(NativeApi api, OrtSessionOptions options) {
        try (BytePointer name = new BytePointer("CoreML");
                Settings settings = new Settings(CORE_ML_OPTIONS)) {
            api.check(
                    api.api()
                            .SessionOptionsAppendExecutionProvider(
                                    options, name, settings.keys, settings.values, settings.count));
        }
    }

    /** Key and value tables of C strings. */
    private static final class Settings implements AutoCloseable {

        private final List<BytePointer> strings = new ArrayList<>();
        private final PointerPointer<BytePointer> keys;
        private final PointerPointer<BytePointer> values;
        private final int count;

        Settings(Map<String, String> settings) {
            count = settings.size();
            keys = new PointerPointer<>(count);
            values = new PointerPointer<>(count);
            int row = 0;
            for (Map.Entry<String, String> setting : settings.entrySet()) {
                keys.put(row, string(setting.getKey()));
                values.put(row, string(setting.getValue()));
                row++;
            }
        }

        private BytePointer string(String text) {
            BytePointer string = new BytePointer(text);
            strings.add(string);
            return string;
        }

        @Override
        public void close() {
            strings.forEach(Pointer::close);
            keys.close();
            values.close();
        }
    }
}
