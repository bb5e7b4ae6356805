package dev.ortune.export;

import dev.ortune.checkpoint.TensorSource;
import dev.ortune.graph.FrozenWeights;
import dev.ortune.graph.ModelFamily;
import dev.ortune.io.AtomicFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;

/** Streams a checkpoint's tensors into the shared weights file, one after the other. */
final class WeightsFile {

    private WeightsFile() {}

    /** Writes the file as laid out; the heap holds one buffer, never a tensor. */
    static void write(Path file, FrozenWeights layout, TensorSource source, ModelFamily family) {
        SourceTensors names = new SourceTensors(source, family);
        AtomicFiles.write(
                file,
                out -> {
                    long position = 0;
                    for (Map.Entry<String, FrozenWeights.Location> entry :
                            layout.tensors().entrySet()) {
                        FrozenWeights.Location location = entry.getValue();
                        pad(out, location.offset() - position);
                        source.writeFloat32(names.require(entry.getKey()), out);
                        position = location.offset() + location.shape().elements() * Float.BYTES;
                    }
                });
    }

    private static void pad(OutputStream out, long bytes) throws IOException {
        out.write(new byte[Math.toIntExact(bytes)]);
    }
}
