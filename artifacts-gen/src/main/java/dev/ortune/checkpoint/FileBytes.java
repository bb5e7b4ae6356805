package dev.ortune.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * A file that is read, not mapped: for what is read once and let go, where making and unmaking a map
 * would cost more than the copy.
 *
 * <p>What is open stays readable when the file is deleted or replaced meanwhile.
 */
final class FileBytes implements RandomAccessBytes, AutoCloseable {

    private final FileChannel channel;
    private final long size;

    private FileBytes(FileChannel channel, long size) {
        this.channel = channel;
        this.size = size;
    }

    static FileBytes open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return new FileBytes(channel, channel.size());
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public void read(long position, ByteBuffer target) {
        Objects.checkFromToIndex(position, Math.addExact(position, target.remaining()), size);
        long from = position;
        try {
            while (target.hasRemaining()) {
                int read = channel.read(target, from);
                if (read < 0) {
                    throw new EOFException("the file became shorter while it was read");
                }
                from += read;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
