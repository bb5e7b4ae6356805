package dev.ortune.repository;

import dev.ortune.export.MergedModel;
import java.io.IOException;
import java.io.OutputStream;

/** A stand-alone {@code model.onnx}: the base with the adapter merged into it. */
final class MergedModelContent implements WeightsExport.Content {

    @Override
    public void check(WeightsExport.Version version) {
        MergedModel.requireOneFile(version.base(), version.options());
    }

    @Override
    public void write(OutputStream out, WeightsExport.Version version) throws IOException {
        MergedModel.write(out, version.base(), version.options(), version.parameters());
    }
}
