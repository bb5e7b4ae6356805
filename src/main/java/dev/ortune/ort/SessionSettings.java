package dev.ortune.ort;

import dev.ortune.onnx.proto.ModelProto;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.onnxruntime.OrtPrepackedWeightsContainer;
import org.bytedeco.onnxruntime.OrtSessionOptions;

/**
 * How every session of a runtime is opened: on the shared threads, with its base's weights from the
 * one map, without memory patterns. Thread-safe.
 */
final class SessionSettings {

    /** What a session is for. */
    enum Use {
        /** Runs of one caller after another, with answers to bring away in between. */
        ANSWERS,
        /** Step upon step. */
        TRAINING
    }

    private static final String WEIGHTS_FOLDER =
            "session.model_external_initializers_file_folder_path";

    /**
     * Turns int8 weights into uint8 when a session opens and multiplies with the exact kernel for
     * those. Slow where the processor needs no such thing.
     */
    private static final String EXACT_BYTES = "session.x64quantprecision";

    /**
     * Lets the pool's threads sleep when no run is under way. They would go on spinning for a while
     * otherwise, on the very processors that the answer's way to the client needs.
     */
    private static final String REST_BETWEEN_RUNS = "session.force_spinning_stop";

    private final NativeApi api;
    private final WeightsRegistry weights;
    private final boolean exactBytes;

    SessionSettings(NativeApi api, HandleCount handles) {
        this.api = api;
        this.weights = new WeightsRegistry(api, handles);
        this.exactBytes = ProcessorFeatures.read().mayCutOffByteProducts();
    }

    /**
     * Opens a session.
     *
     * @param models its graphs
     * @param weightsFolder the folder of their shared weights file
     * @param use what it is for
     * @param open the call that opens it
     */
    <T> Opened<T> open(
            List<ModelProto> models,
            Path weightsFolder,
            Device device,
            Use use,
            SessionCall<T> open) {
        OrtSessionOptions options = create();
        try {
            api.check(api.api().DisablePerSessionThreads(options));
            // A pattern is one block per combination of input shapes, and ragged batches bring ever
            // new ones.
            api.check(api.api().DisableMemPattern(options));
            // For what ONNX Runtime folds or copies while it opens a graph.
            entry(options, WEIGHTS_FOLDER, weightsFolder.toAbsolutePath().toString());
            if (use == Use.ANSWERS) {
                entry(options, REST_BETWEEN_RUNS, "1");
            }
            if (exactBytes) {
                entry(options, EXACT_BYTES, "1");
            }
            ExecutionProviders.append(api, options, device);
            return open(options, weights.share(weightsFolder, options, models), open);
        } finally {
            api.api().ReleaseSessionOptions(options);
        }
    }

    private static <T> Opened<T> open(
            OrtSessionOptions options, WeightsRegistry.Lease weights, SessionCall<T> open) {
        try {
            return new Opened<>(open.open(options, weights.packed()), weights);
        } catch (RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    private OrtSessionOptions create() {
        try (PointerPointer<Pointer> out = new PointerPointer<>(1)) {
            api.check(api.api().CreateSessionOptions(out));
            return new OrtSessionOptions(out.get());
        }
    }

    private void entry(OrtSessionOptions options, String key, String value) {
        try (BytePointer keyBytes = new BytePointer(key, StandardCharsets.UTF_8);
                BytePointer valueBytes = new BytePointer(value, StandardCharsets.UTF_8)) {
            api.check(api.api().AddSessionConfigEntry(options, keyBytes, valueBytes));
        }
    }

    /** The native call that opens a session, with what it needs besides the graphs. */
    @FunctionalInterface
    interface SessionCall<T> {
        T open(OrtSessionOptions options, OrtPrepackedWeightsContainer packed);
    }

    /**
     * A session that was opened.
     *
     * @param weights to be closed after it
     */
    record Opened<T>(T session, WeightsRegistry.Lease weights) {}
}
