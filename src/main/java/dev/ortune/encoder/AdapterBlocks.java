package dev.ortune.encoder;

import dev.ortune.ort.FloatBlock;
import dev.ortune.ort.OrtRuntime;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * The native memory of adapters: a few blocks of those that went are kept for those that come, since
 * the first touch of memory fresh from the system can take longer than reading the adapter.
 *
 * <p>Thread-safe. What is given back after it was closed is released at once.
 */
final class AdapterBlocks implements AutoCloseable {

    private static final long KEPT_VALUES = 4L << 20;

    private final OrtRuntime runtime;
    private final Deque<FloatBlock> kept = new ArrayDeque<>();
    private long keptValues;
    private boolean closed;

    AdapterBlocks(OrtRuntime runtime) {
        this.runtime = runtime;
    }

    /** A block of at least so many values and little more, of undefined content. */
    FloatBlock take(long values) {
        synchronized (this) {
            Iterator<FloatBlock> blocks = kept.iterator();
            while (blocks.hasNext()) {
                FloatBlock block = blocks.next();
                // The memory budget counts values, not blocks.
                if (block.size() >= values && block.size() <= values + values / 8) {
                    blocks.remove();
                    keptValues -= block.size();
                    return block;
                }
            }
        }
        return runtime.allocate(values);
    }

    /** Takes a block that nobody reads any more. */
    void giveBack(FloatBlock block) {
        Deque<FloatBlock> released = new ArrayDeque<>();
        synchronized (this) {
            kept.addLast(block);
            keptValues += block.size();
            while (!kept.isEmpty() && (closed || keptValues > KEPT_VALUES)) {
                FloatBlock oldest = kept.removeFirst();
                keptValues -= oldest.size();
                released.add(oldest);
            }
        }
        released.forEach(FloatBlock::close);
    }

    @Override
    public void close() {
        Deque<FloatBlock> released;
        synchronized (this) {
            closed = true;
            released = new ArrayDeque<>(kept);
            kept.clear();
            keptValues = 0;
        }
        released.forEach(FloatBlock::close);
    }
}
