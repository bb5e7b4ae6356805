package dev.ortune.encoder;

import dev.ortune.ort.FloatBlock;
import dev.ortune.ort.OrtRuntime;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Native memory that runs borrow, as many blocks as there are runs at a time. Thread-safe; close it
 * when all are back.
 */
final class ScratchBlocks implements AutoCloseable {

    private final OrtRuntime runtime;
    private final Deque<FloatBlock> free = new ArrayDeque<>();

    ScratchBlocks(OrtRuntime runtime) {
        this.runtime = runtime;
    }

    /** A block of at least so many values, of undefined content. */
    FloatBlock borrow(long values) {
        FloatBlock block;
        synchronized (this) {
            block = free.poll();
        }
        if (block != null && block.size() >= values) {
            return block;
        }
        if (block != null) {
            block.close();
        }
        // A power of two, so that slowly growing batches do not allocate each time.
        return runtime.allocate(Math.max(1L << 16, Long.highestOneBit(2 * values - 1)));
    }

    synchronized void giveBack(FloatBlock block) {
        free.push(block);
    }

    @Override
    public synchronized void close() {
        free.forEach(FloatBlock::close);
        free.clear();
    }
}
