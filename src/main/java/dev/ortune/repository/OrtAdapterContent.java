package dev.ortune.repository;

import dev.ortune.checkpoint.OrtAdapter;
import dev.ortune.checkpoint.OrtAdapterFile;
import java.io.IOException;
import java.io.OutputStream;

/**
 * ONNX Runtime's {@code .onnx_adapter}, for the {@code inference_model.onnx} that {@code ortune
 * export} writes for the same base and LoRA options.
 */
final class OrtAdapterContent implements WeightsExport.Content {

    /** Graphs of one base and options have had the same inputs ever since. */
    private static final int MODEL_VERSION = 1;

    @Override
    public void write(OutputStream out, WeightsExport.Version version) throws IOException {
        OrtAdapterFile.write(
                out, new OrtAdapter(version.number(), MODEL_VERSION, version.parameters()));
    }
}
