package dev.ortune.checkpoint;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * ONNX Runtime's adapter file, {@code .onnx_adapter}: a flatbuffer with file identifier {@code TORT},
 * format version 1 (onnxruntime/lora/adapter_format/adapter_schema.fbs). Float32 only.
 *
 * <p>A program loads it with {@code OrtLoraAdapter} and names it in a run's options; its parameters
 * then stand in for the graph inputs of their names.
 */
public final class OrtAdapterFile {

    private OrtAdapterFile() {}

    /** Writes an adapter; the stream stays open. */
    public static void write(OutputStream out, OrtAdapter adapter) throws IOException {
        ByteBuffer bytes = new OrtAdapterWriter().build(adapter);
        out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    }

    /**
     * Reads an adapter into memory.
     *
     * @throws InvalidInputException {@code ONNX_FORMAT} when it cannot be read, is no adapter of
     *     format version 1, is damaged, or holds anything but float32 values
     */
    public static OrtAdapter read(Path file) {
        try {
            return new OrtAdapterReader(ByteBuffer.wrap(Files.readAllBytes(file))).read();
        } catch (IOException
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | ArithmeticException e) {
            throw new InvalidInputException(
                    ErrorCode.ONNX_FORMAT,
                    file + " is no readable ONNX Runtime adapter: " + e.getMessage() + ".",
                    "Export the adapter again.",
                    e);
        }
    }
}
