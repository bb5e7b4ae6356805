package dev.ortune.repository.archive;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Copies a stream to a new file that is on the disk when the call returns. */
final class SyncedFile {

    private static final int BUFFER_BYTES = 1 << 16;

    /** The disk's fault, told apart from the source's. */
    static final class WriteFailure extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final IOException failure;

        WriteFailure(IOException failure) {
            super(failure);
            this.failure = failure;
        }

        IOException failure() {
            return failure;
        }
    }

    private SyncedFile() {}

    /**
     * Copies.
     *
     * @param target must not exist; on an error part of it may
     * @throws IOException when the source cannot be read
     * @throws WriteFailure when the target cannot be written
     */
    static void write(Path target, InputStream source) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (FileChannel channel = create(target);
                OutputStream out = Channels.newOutputStream(channel)) {
            for (int read = source.read(buffer); read >= 0; read = source.read(buffer)) {
                write(out, buffer, read);
            }
            force(channel);
        }
    }

    private static FileChannel create(Path target) {
        try {
            return FileChannel.open(
                    target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new WriteFailure(e);
        }
    }

    private static void write(OutputStream out, byte[] buffer, int length) {
        try {
            out.write(buffer, 0, length);
        } catch (IOException e) {
            throw new WriteFailure(e);
        }
    }

    private static void force(FileChannel channel) {
        try {
            channel.force(true);
        } catch (IOException e) {
            throw new WriteFailure(e);
        }
    }
}
