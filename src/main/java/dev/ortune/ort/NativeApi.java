package dev.ortune.ort;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InternalException;
import dev.ortune.error.UnavailableException;
import dev.ortune.io.LibraryFolder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.onnxruntime.OrtAllocator;
import org.bytedeco.onnxruntime.OrtApi;
import org.bytedeco.onnxruntime.OrtMemoryInfo;
import org.bytedeco.onnxruntime.OrtStatus;
import org.bytedeco.onnxruntime.OrtTrainingApi;
import org.bytedeco.onnxruntime.OrtValue;
import org.bytedeco.onnxruntime.global.onnxruntime;

/**
 * The two function tables of ONNX Runtime's C API and the few calls that every handle needs.
 *
 * <p>Immutable and thread-safe; the tables live as long as the process.
 */
final class NativeApi {

    /** How systems say, in small letters, that a file could not be written for lack of room. */
    private static final List<String> NO_ROOM =
            List.of("no space left", "not enough space", "disk quota exceeded");

    /** JavaCPP's own part, then ONNX Runtime's, which brings ONNX Runtime with it. */
    private static final List<String> LIBRARIES = List.of("jnijavacpp", "jnionnxruntime");

    private final OrtApi api;
    private final OrtTrainingApi training;
    private final OrtMemoryInfo cpuMemory;
    private final OrtAllocator allocator;
    private final String version;

    private NativeApi(OrtApi api, OrtTrainingApi training, String version) {
        this.api = api;
        this.training = training;
        this.version = version;
        try (PointerPointer<Pointer> out = new PointerPointer<>(1)) {
            check(
                    api.CreateCpuMemoryInfo(
                            onnxruntime.OrtArenaAllocator, onnxruntime.OrtMemTypeDefault, out));
            this.cpuMemory = new OrtMemoryInfo(out.get());
            check(api.GetAllocatorWithDefaultOptions(out));
            this.allocator = new OrtAllocator(out.get());
        }
    }

    /**
     * Loads the native library.
     *
     * @throws UnavailableException {@code RUNTIME_UNAVAILABLE} when it does not load on this
     *     platform or was built without training
     */
    static NativeApi load() {
        withoutJavaCppLimits();
        try {
            loadLibraries();
        } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
            throw new UnavailableException(
                    ErrorCode.RUNTIME_UNAVAILABLE,
                    "ONNX Runtime's native library does not load here ("
                            + Loader.getPlatform()
                            + "): "
                            + e.getMessage(),
                    "Run ./ortune doctor; Linux x86_64 and arm64, macOS arm64 and Windows x86_64"
                            + " are supported, and JavaCPP's cache folder must be writable.",
                    e);
        }
        OrtApi api = onnxruntime.OrtGetApiBase().GetApi().call(onnxruntime.ORT_API_VERSION);
        OrtTrainingApi training = api.GetTrainingApi().call(onnxruntime.ORT_API_VERSION);
        if (training == null || training.isNull()) {
            throw new UnavailableException(
                    ErrorCode.RUNTIME_UNAVAILABLE,
                    "This build of ONNX Runtime has no training API.",
                    "Use the version of org.bytedeco:onnxruntime that Ortune pins.");
        }
        return new NativeApi(
                api, training, onnxruntime.OrtGetApiBase().GetVersionString().call().getString());
    }

    private static void loadLibraries() {
        Optional<LibraryFolder> folder = LibraryFolder.find();
        if (folder.isEmpty()) {
            Loader.load(onnxruntime.class);
            return;
        }
        // JavaCPP would look for oneDNN as well, which costs memory and time and computes nothing
        // here.
        System.setProperty("org.bytedeco.javacpp.loadlibraries", "false");
        for (String name : LIBRARIES) {
            System.load(folder.get().file(name).toString());
        }
    }

    /**
     * JavaCPP would refuse memory once the whole process holds four times the Java heap's limit, and
     * would ask the system for that size at every allocation; ONNX Runtime's memory is none of its
     * business. What a user sets stays.
     */
    private static void withoutJavaCppLimits() {
        for (String limit : List.of("maxbytes", "maxphysicalbytes")) {
            String property = "org.bytedeco.javacpp." + limit;
            if (System.getProperty(property) == null) {
                System.setProperty(property, "0");
            }
        }
    }

    OrtApi api() {
        return api;
    }

    OrtTrainingApi training() {
        return training;
    }

    /** ONNX Runtime's own allocator on the host, which nobody releases. */
    OrtAllocator allocator() {
        return allocator;
    }

    /** The processor's memory. */
    OrtMemoryInfo cpuMemory() {
        return cpuMemory;
    }

    String version() {
        return version;
    }

    /** Turns a failed call into an exception and releases its status. */
    void check(OrtStatus status) {
        if (status == null || status.isNull()) {
            return;
        }
        String message = api.GetErrorMessage().call(status).getString();
        api.ReleaseStatus(status);
        if (message.contains("Failed to allocate memory") || message.contains("bad_alloc")) {
            throw new UnavailableException(
                    ErrorCode.OUT_OF_MEMORY,
                    "ONNX Runtime ran out of memory: " + message,
                    "Use a smaller batch or shorter texts, or give the process more memory.");
        }
        if (NO_ROOM.stream().anyMatch(message.toLowerCase(Locale.ROOT)::contains)) {
            throw new UnavailableException(
                    ErrorCode.DISK_FULL,
                    "The disk is full: ONNX Runtime could not write a file.",
                    "Free some space, then run again.");
        }
        throw new InternalException("ONNX Runtime refused a call: " + message);
    }

    /** A tensor over memory that the caller keeps alive until the value is released. */
    OrtValue tensorOver(Pointer data, long bytes, long[] shape, int elementType) {
        OrtValue value = new OrtValue();
        check(
                api.CreateTensorWithDataAsOrtValue(
                        cpuMemory, data, bytes, shape, shape.length, elementType, value));
        return value;
    }

    /** A path as the C API takes it: UTF-8 but on Windows, where it is UTF-16. */
    static Pointer path(java.nio.file.Path path) {
        String text = path.toAbsolutePath().toString();
        return Loader.getPlatform().startsWith("windows")
                ? new org.bytedeco.javacpp.CharPointer(text)
                : new BytePointer(text, java.nio.charset.StandardCharsets.UTF_8);
    }
}
