package dev.ortune.io;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.error.UnavailableException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.UUID;

/**
 * Writes a file under a temporary name beside its target, syncs it and renames it, so that a reader
 * sees the old file, the new file or none, and a failed write leaves nothing behind.
 */
public final class AtomicFiles {

    /** Writes the whole content to the stream; the stream is closed by the caller. */
    @FunctionalInterface
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private AtomicFiles() {}

    /**
     * Writes {@code target}, creating its folders.
     *
     * @throws UnavailableException {@code DISK_FULL} when the disk has no room
     * @throws InvalidInputException {@code OUTPUT_NOT_WRITABLE} when the place cannot be written
     */
    public static void write(Path target, Content content) {
        Path absolute = target.toAbsolutePath();
        Path temporary = null;
        try {
            Files.createDirectories(absolute.getParent());
            // Not a temporary file of the library's: that only its owner could read.
            temporary =
                    absolute.resolveSibling(
                            "." + absolute.getFileName() + "." + UUID.randomUUID() + ".part");
            try (FileChannel channel =
                            FileChannel.open(
                                    temporary,
                                    StandardOpenOption.CREATE_NEW,
                                    StandardOpenOption.WRITE);
                    OutputStream out =
                            new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
            Files.move(
                    temporary,
                    absolute,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
            temporary = null;
        } catch (IOException e) {
            throw writeFailure(target, e);
        } finally {
            deleteQuietly(temporary);
        }
    }

    /** Maps a failed write to the error that tells the user why. */
    public static RuntimeException writeFailure(Path target, IOException cause) {
        String reason = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (reason.contains("no space left")
                || reason.contains("not enough space")
                || reason.contains("disk quota exceeded")) {
            return new UnavailableException(
                    ErrorCode.DISK_FULL,
                    "The disk is full: " + target + " could not be written.",
                    "Free some space or choose another output folder, then run again.",
                    cause);
        }
        String why =
                cause instanceof AccessDeniedException
                        ? "permission denied"
                        : cause instanceof FileSystemException f && f.getReason() != null
                                ? f.getReason()
                                : cause.getClass().getSimpleName() + ": " + cause.getMessage();
        return new InvalidInputException(
                ErrorCode.OUTPUT_NOT_WRITABLE,
                "Cannot write " + target + ": " + why + ".",
                "Choose an output folder that you may write to.",
                cause);
    }

    private static void deleteQuietly(Path file) {
        if (file == null) {
            return;
        }
        try {
            Files.deleteIfExists(file);
        } catch (IOException ignored) {
            // The first failure is the one to report; a stray .part file is harmless.
        }
    }
}
