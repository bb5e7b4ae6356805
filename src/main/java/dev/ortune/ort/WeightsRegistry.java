package dev.ortune.ort;

import dev.ortune.onnx.proto.ModelProto;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.onnxruntime.OrtPrepackedWeightsContainer;
import org.bytedeco.onnxruntime.OrtSessionOptions;

/**
 * The mapped weights of every base in use: one map per base in the process, whatever the number of
 * sessions. Thread-safe.
 */
final class WeightsRegistry {

    private final NativeApi api;
    private final HandleCount handles;
    private final Map<Path, Shared> bases = new HashMap<>();

    WeightsRegistry(NativeApi api, HandleCount handles) {
        this.api = api;
        this.handles = handles;
    }

    /**
     * Gives a session to be opened with these options the weights of its graphs.
     *
     * @param folder of the weights file
     * @return to be closed after the session
     */
    synchronized Lease share(Path folder, OrtSessionOptions options, List<ModelProto> models) {
        Path key = folder.toAbsolutePath().normalize();
        Shared shared =
                bases.computeIfAbsent(
                        key, path -> new Shared(new MappedWeights(api, handles, path)));
        shared.leases++;
        Lease lease = new Lease(shared.weights.packed(), () -> release(key, shared));
        try {
            shared.weights.shareWith(options, models);
            return lease;
        } catch (RuntimeException e) {
            lease.close();
            throw e;
        }
    }

    private synchronized void release(Path key, Shared shared) {
        shared.leases--;
        if (shared.leases == 0) {
            bases.remove(key);
            shared.weights.close();
        }
    }

    /**
     * A session's hold on its base's weights.
     *
     * @param packed where sessions that infer share packed copies
     * @param end gives the weights back
     */
    record Lease(OrtPrepackedWeightsContainer packed, Runnable end) implements AutoCloseable {

        @Override
        public void close() {
            end.run();
        }
    }

    private static final class Shared {
        private final MappedWeights weights;
        private int leases;

        private Shared(MappedWeights weights) {
            this.weights = weights;
        }
    }
}
