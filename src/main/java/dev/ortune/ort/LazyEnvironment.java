package dev.ortune.ort;

import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.onnxruntime.OrtEnv;
import org.bytedeco.onnxruntime.OrtThreadingOptions;

/**
 * ONNX Runtime's environment and its pool of threads, made when somebody first needs it: that
 * describes all of its operators, which takes longer than loading the library.
 *
 * <p>Thread-safe; whoever comes while it is being made waits for it.
 */
final class LazyEnvironment {

    private final NativeApi api;
    private final int threads;
    private Optional<OrtEnv> made = Optional.empty();

    LazyEnvironment(NativeApi api, int threads) {
        this.api = api;
        this.threads = threads;
    }

    /** The environment. */
    synchronized OrtEnv get() {
        if (made.isEmpty()) {
            made = Optional.of(make());
        }
        return made.get();
    }

    /** Gives it back, if it was made. */
    synchronized void release() {
        made.ifPresent(environment -> api.api().ReleaseEnv(environment));
        made = Optional.empty();
    }

    private OrtEnv make() {
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
                                        OrtRuntime.LOG_ERRORS_ONLY, name, threading, out));
                return new OrtEnv(out.get());
            } finally {
                api.api().ReleaseThreadingOptions(threading);
            }
        }
    }
}
