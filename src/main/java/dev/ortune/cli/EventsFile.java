package dev.ortune.cli;

import dev.ortune.io.AtomicFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A run's events in a file, a line each. An event is there before the run is saved after it, so that
 * whoever was killed before it had dealt with what it heard finds it there. A run that goes on appends,
 * and comes by events again that are there already.
 *
 * <p>For the training thread.
 */
final class EventsFile implements AutoCloseable {

    private final Path file;
    private final FileChannel channel;

    private EventsFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Opens a file, which need not exist.
     *
     * @throws dev.ortune.error.UnavailableException {@code DISK_FULL}
     * @throws dev.ortune.error.InvalidInputException {@code OUTPUT_NOT_WRITABLE}
     */
    static EventsFile open(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            FileChannel channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            EventsFile events = new EventsFile(file, channel);
            if (channel.size() > 0) {
                // What was killed may have left half a line.
                events.append("");
            }
            return events;
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(file, e);
        }
    }

    /**
     * Appends a line.
     *
     * @throws dev.ortune.error.UnavailableException {@code DISK_FULL}
     */
    void append(String line) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(file, e);
        }
    }

    /**
     * Has the disk keep what was appended.
     *
     * @throws dev.ortune.error.UnavailableException {@code DISK_FULL}
     */
    void force() {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(file, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(file, e);
        }
    }
}
