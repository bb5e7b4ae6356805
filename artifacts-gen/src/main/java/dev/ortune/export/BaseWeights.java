package dev.ortune.export;

import dev.ortune.checkpoint.TensorShape;
import dev.ortune.error.InternalException;
import dev.ortune.error.InvalidInputException;
import dev.ortune.graph.FrozenWeights;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The values in a prepared base's weights file, read piece by piece. Used by one thread. */
final class BaseWeights implements AutoCloseable {

    private final Path file;
    private final FrozenWeights layout;
    private final FileChannel channel;
    private ByteBuffer bytes = ByteBuffer.allocate(0);

    private BaseWeights(Path file, FrozenWeights layout, FileChannel channel) {
        this.file = file;
        this.layout = layout;
        this.channel = channel;
    }

    static BaseWeights open(PreparedBase base) {
        Path file = base.weightsFile();
        try {
            return new BaseWeights(
                    file,
                    base.description().weights(),
                    FileChannel.open(file, StandardOpenOption.READ));
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /**
     * A tensor's shape.
     *
     * @throws InvalidInputException {@code BASE_MISSING_TENSOR}
     */
    TensorShape shape(String name) {
        return layout.location(name).shape();
    }

    /**
     * Fills {@code target} with a tensor's values from index {@code first}.
     *
     * @throws InvalidInputException {@code BASE_MISSING_TENSOR}
     */
    void read(String name, long first, float[] target) {
        long position = layout.location(name).offset() + first * Float.BYTES;
        int length = Math.multiplyExact(target.length, Float.BYTES);
        if (bytes.capacity() < length) {
            bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        }
        bytes.clear().limit(length);
        try {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, position + bytes.position()) < 0) {
                    throw new EOFException("it ends before " + name);
                }
            }
        } catch (IOException e) {
            throw unreadable(file, e);
        }
        bytes.flip();
        bytes.asFloatBuffer().get(target);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static InternalException unreadable(Path file, IOException cause) {
        return new InternalException(
                "The weights file " + file.getFileName() + " cannot be read.", cause);
    }
}
