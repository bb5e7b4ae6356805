package dev.ortune.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A whole file mapped read-only, in as many maps as its size needs.
 *
 * <p>Java 17 has no call to unmap: the pages are given back when the last reference to this object
 * is dropped and collected. They are the file's own pages, never heap.
 */
final class MappedFile implements RandomAccessBytes {

    /** One Java buffer holds less than 2 GiB. */
    private static final long SEGMENT_BYTES = 1L << 30;

    private final List<MappedByteBuffer> segments;
    private final long segmentBytes;
    private final long size;

    private MappedFile(List<MappedByteBuffer> segments, long segmentBytes, long size) {
        this.segments = segments;
        this.segmentBytes = segmentBytes;
        this.size = size;
    }

    static MappedFile open(Path file) throws IOException {
        return open(file, SEGMENT_BYTES);
    }

    static MappedFile open(Path file, long segmentBytes) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            List<MappedByteBuffer> segments = new ArrayList<>();
            for (long start = 0; start < size; start += segmentBytes) {
                long length = Math.min(segmentBytes, size - start);
                segments.add(channel.map(MapMode.READ_ONLY, start, length));
            }
            return new MappedFile(List.copyOf(segments), segmentBytes, size);
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
        while (target.hasRemaining()) {
            MappedByteBuffer segment = segments.get((int) (from / segmentBytes));
            int within = (int) (from % segmentBytes);
            int part = Math.min(target.remaining(), segment.capacity() - within);
            target.put(segment.slice(within, part));
            from += part;
        }
    }
}
