package dev.ortune.checkpoint;

import dev.ortune.onnx.proto.StringStringEntryProto;
import dev.ortune.onnx.proto.TensorProto;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The data files of one ONNX model, mapped once each (ONNX, docs/ExternalData.md).
 *
 * <p>A location is a relative path inside the model's folder; nothing else is opened.
 */
final class OnnxExternalData {

    /**
     * A tensor's bytes.
     *
     * @param bytes the whole data file
     * @param position of the tensor's first byte
     * @param length in bytes
     */
    record Region(RandomAccessBytes bytes, long position, long length) {}

    private final Path model;
    private final Map<Path, MappedFile> files = new LinkedHashMap<>();

    OnnxExternalData(Path model) {
        this.model = model;
    }

    /** The files mapped so far. */
    List<Path> files() {
        return new ArrayList<>(files.keySet());
    }

    /** Where a tensor's data lies; without a stated length it runs to the end of the file. */
    Region region(TensorProto tensor) {
        Map<String, String> entries = new LinkedHashMap<>();
        for (StringStringEntryProto entry : tensor.getExternalDataList()) {
            entries.put(entry.getKey(), entry.getValue());
        }
        MappedFile file = map(tensor.getName(), entries.getOrDefault("location", ""));
        long offset = natural(tensor, entries.getOrDefault("offset", "0"));
        if (offset > file.size()) {
            throw OnnxFault.inTensor(
                    model,
                    tensor.getName(),
                    "its external data starts at " + offset + ", after the file's end");
        }
        long rest = file.size() - offset;
        long length = entries.containsKey("length") ? natural(tensor, entries.get("length")) : rest;
        if (length > rest) {
            throw OnnxFault.inTensor(
                    model,
                    tensor.getName(),
                    "its external data is truncated: " + rest + " bytes of " + length);
        }
        return new Region(file, offset, length);
    }

    private MappedFile map(String tensor, String location) {
        Path file = resolve(tensor, location);
        MappedFile known = files.get(file);
        if (known != null) {
            return known;
        }
        try {
            MappedFile mapped = MappedFile.open(file);
            files.put(file, mapped);
            return mapped;
        } catch (IOException e) {
            throw OnnxFault.inFile(
                    model, "tensor '" + tensor + "': cannot open its data file " + file, e);
        }
    }

    private Path resolve(String tensor, String location) {
        try {
            // Only the name is checked: the Hugging Face cache keeps files as links to elsewhere.
            Path relative = Path.of(location).normalize();
            boolean outside =
                    relative.isAbsolute()
                            || relative.startsWith("..")
                            || relative.toString().isEmpty()
                            || location.contains("\\");
            if (!outside) {
                return model.resolveSibling(relative);
            }
        } catch (InvalidPathException e) {
            throw OnnxFault.inFile(
                    model, "tensor '" + tensor + "': '" + location + "' is no path", e);
        }
        throw OnnxFault.inTensor(
                model,
                tensor,
                "its external data '" + location + "' is not a path inside the model's folder");
    }

    private long natural(TensorProto tensor, String text) {
        try {
            return Long.parseUnsignedLong(text) < 0 ? Long.MAX_VALUE : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw OnnxFault.inFile(
                    model,
                    "tensor '" + tensor.getName() + "': '" + text + "' is no offset or length",
                    e);
        }
    }
}
