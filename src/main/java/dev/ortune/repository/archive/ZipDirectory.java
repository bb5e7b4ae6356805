package dev.ortune.repository.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The central directory of a zip (APPNOTE.TXT, sections 4.3.12 and 4.3.16), looked over before the
 * library reads it: the library holds all of it in memory and believes no count, so that a small
 * archive of millions of entries would fill the heap.
 */
final class ZipDirectory {

    private static final int END_SIGNATURE = 0x06054b50;
    private static final int ZIP64_LOCATOR_SIGNATURE = 0x07064b50;
    private static final int ENTRY_SIGNATURE = 0x02014b50;
    private static final int END_BYTES = 22;
    private static final int ENTRY_BYTES = 46;
    private static final int LOCATOR_BYTES = 20;
    private static final int MAX_COMMENT_BYTES = 0xFFFF;
    private static final int MAX_DIRECTORY_BYTES = 1 << 20;

    private ZipDirectory() {}

    /**
     * Refuses a directory that is damaged, larger than a megabyte or not where its end says.
     *
     * @throws dev.ortune.error.InvalidInputException {@code ARCHIVE_FORMAT}, {@code
     *     ARCHIVE_TOO_LARGE}
     */
    static void check(Path file, ArchiveLimits limits) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            int tailBytes = (int) Math.min(size, END_BYTES + MAX_COMMENT_BYTES + LOCATOR_BYTES);
            ByteBuffer tail = read(channel, size - tailBytes, tailBytes);
            int end = end(tail);
            if (end >= LOCATOR_BYTES
                    && tail.getInt(end - LOCATOR_BYTES) == ZIP64_LOCATOR_SIGNATURE) {
                throw ArchiveFault.format("is a ZIP64, which no adapter needs");
            }
            long position = size - tailBytes + end;
            long start = Integer.toUnsignedLong(tail.getInt(end + 16));
            int directoryBytes = directoryBytes(start, position);
            walk(read(channel, start, directoryBytes), limits.maxEntries());
        }
    }

    private static int directoryBytes(long start, long end) {
        if (start > end) {
            throw ArchiveFault.format("has a damaged directory");
        }
        if (end - start > MAX_DIRECTORY_BYTES) {
            throw ArchiveFault.tooLarge(
                    "has a directory of more than " + MAX_DIRECTORY_BYTES + " bytes");
        }
        return (int) (end - start);
    }

    /** The last end record, as the library looks for it; its comment must end the file. */
    private static int end(ByteBuffer tail) {
        for (int at = tail.limit() - END_BYTES; at >= 0; at--) {
            if (tail.getInt(at) == END_SIGNATURE) {
                int comment = Short.toUnsignedInt(tail.getShort(at + 20));
                if (at + END_BYTES + comment != tail.limit()) {
                    throw ArchiveFault.format("has bytes after its end");
                }
                return at;
            }
        }
        throw ArchiveFault.format("is cut off: it has no end record");
    }

    private static void walk(ByteBuffer directory, int maxEntries) {
        int at = 0;
        int entries = 0;
        while (at < directory.limit()) {
            if (directory.limit() - at < ENTRY_BYTES || directory.getInt(at) != ENTRY_SIGNATURE) {
                throw ArchiveFault.format("has a damaged directory");
            }
            if (++entries > maxEntries) {
                throw ArchiveFault.tooLarge("holds more than " + maxEntries + " entries");
            }
            at +=
                    ENTRY_BYTES
                            + Short.toUnsignedInt(directory.getShort(at + 28))
                            + Short.toUnsignedInt(directory.getShort(at + 30))
                            + Short.toUnsignedInt(directory.getShort(at + 32));
        }
        if (at != directory.limit()) {
            throw ArchiveFault.format("has a damaged directory");
        }
    }

    private static ByteBuffer read(FileChannel channel, long position, int bytes)
            throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw ArchiveFault.format("is cut off");
            }
        }
        return buffer.flip();
    }
}
