package dev.ortune.ort;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Float32 values in native memory, outside the Java heap, that runs read where they lie ({@link
 * HostTensor.OffHeap}).
 *
 * <p>Any thread may read; whoever writes must be alone. Close it after the last run that reads it.
 */
public final class FloatBlock extends NativeHandle {

    private final FloatPointer memory;
    private final long size;

    FloatBlock(HandleCount handles, long size) {
        super(handles);
        this.size = size;
        this.memory = new FloatPointer(size);
    }

    /** The number of values. */
    public long size() {
        return size;
    }

    /**
     * The memory of some values as bytes, to write to before the block is read; in the machine's
     * order. Dead when the block is closed.
     */
    public ByteBuffer bytes(long offset, int count) {
        try (FloatPointer target = at(offset, count)) {
            return target.limit(count).asByteBuffer().order(ByteOrder.nativeOrder());
        }
    }

    /** Writes values from an offset on. */
    public void put(long offset, float[] values) {
        try (FloatPointer target = at(offset, values.length)) {
            target.put(values);
        }
    }

    /** Writes zeros. */
    public void clear(long offset, long count) {
        try (FloatPointer target = at(offset, count)) {
            Pointer.memset(target, 0, count * Float.BYTES);
        }
    }

    /** Copies values of another block. */
    public void copy(long offset, FloatBlock source, long sourceOffset, long count) {
        try (FloatPointer target = at(offset, count);
                FloatPointer from = source.at(sourceOffset, count)) {
            Pointer.memcpy(target, from, count * Float.BYTES);
        }
    }

    /** A pointer that owns nothing: closing it frees nothing, unlike one that JavaCPP derives. */
    FloatPointer at(long offset, long count) {
        requireOpen();
        if (offset < 0 || count < 0 || offset + count > size) {
            throw new IndexOutOfBoundsException(offset + " + " + count + " of " + size);
        }
        return new View(memory.address() + offset * Float.BYTES);
    }

    @Override
    void release() {
        memory.close();
    }

    private static final class View extends FloatPointer {
        private View(long address) {
            super((Pointer) null);
            this.address = address;
        }
    }
}
