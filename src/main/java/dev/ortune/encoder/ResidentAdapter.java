package dev.ortune.encoder;

import dev.ortune.adapter.LabelScheme;
import dev.ortune.graph.HeadVariant;
import dev.ortune.graph.LinearModule;
import dev.ortune.ort.FloatBlock;
import dev.ortune.ort.HostTensor;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One adapter's tensors in native memory, laid out as the encoder and the head take them.
 *
 * <p>Immutable and thread-safe until it is closed, by its one owner and after the last run.
 */
public final class ResidentAdapter implements AutoCloseable {

    private final LabelScheme labels;
    private final int rank;
    private final FloatBlock block;
    private final Map<LinearModule, LoraSlice> updates;
    private final HeadVariant head;
    private final Map<String, HostTensor> headInputs;
    private final Consumer<FloatBlock> whenClosed;
    private final AtomicBoolean closed = new AtomicBoolean();

    ResidentAdapter(
            LabelScheme labels,
            int rank,
            FloatBlock block,
            Map<LinearModule, LoraSlice> updates,
            HeadVariant head,
            Map<String, HostTensor> headInputs,
            Consumer<FloatBlock> whenClosed) {
        this.labels = labels;
        this.rank = rank;
        this.block = block;
        this.updates = Map.copyOf(updates);
        this.head = head;
        this.headInputs = Map.copyOf(headInputs);
        this.whenClosed = whenClosed;
    }

    /** What the logits mean. */
    public LabelScheme labels() {
        return labels;
    }

    /** Rows that it takes in a batch's update matrices. */
    public int rank() {
        return rank;
    }

    /** Native memory that it holds. */
    public long bytes() {
        return block.size() * Float.BYTES;
    }

    /** The encoder's layers that it changes. */
    Set<LinearModule> modules() {
        return updates.keySet();
    }

    Optional<LoraSlice> update(LinearModule module) {
        return Optional.ofNullable(updates.get(module));
    }

    FloatBlock block() {
        requireOpen();
        return block;
    }

    HeadVariant head() {
        return head;
    }

    Map<String, HostTensor> headInputs() {
        requireOpen();
        return headInputs;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            whenClosed.accept(block);
        }
    }

    /** The block may be another adapter's by then. */
    private void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("the adapter is closed");
        }
    }
}
