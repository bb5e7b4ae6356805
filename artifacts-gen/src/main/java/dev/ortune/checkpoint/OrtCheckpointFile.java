package dev.ortune.checkpoint;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * ONNX Runtime's on-device training checkpoint: a flatbuffer with file identifier {@code ODTC},
 * version 2 (onnxruntime/core/flatbuffers/schema/ort_training_checkpoint.fbs). Float32 only.
 */
public final class OrtCheckpointFile {

    private OrtCheckpointFile() {}

    /** Writes parameters without optimizer state, in the given order; the stream stays open. */
    public static void write(OutputStream out, List<FloatTensor> trainable) throws IOException {
        write(out, OrtCheckpoint.ofTrainable(trainable));
    }

    /** Writes a whole checkpoint; the stream stays open. */
    public static void write(OutputStream out, OrtCheckpoint checkpoint) throws IOException {
        ByteBuffer bytes = new OrtCheckpointWriter().build(checkpoint);
        out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
    }

    /**
     * Reads a checkpoint into memory.
     *
     * @throws InvalidInputException {@code ONNX_FORMAT} when it cannot be read, is no checkpoint of
     *     version 2, is damaged, or holds anything but float32 values
     */
    public static OrtCheckpoint read(Path file) {
        try {
            return new OrtCheckpointReader(map(file)).read();
        } catch (IOException
                | IndexOutOfBoundsException
                | IllegalArgumentException
                | ArithmeticException e) {
            throw new InvalidInputException(
                    ErrorCode.ONNX_FORMAT,
                    file + " is no readable ONNX Runtime checkpoint: " + e.getMessage() + ".",
                    "Resume from another checkpoint, or start the training again.",
                    e);
        }
    }

    private static ByteBuffer map(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("a flatbuffer is never larger than 2 GiB");
            }
            return channel.map(MapMode.READ_ONLY, 0, channel.size());
        }
    }
}
