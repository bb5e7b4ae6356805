package dev.ortune.train;

import dev.ortune.checkpoint.TensorShape;
import dev.ortune.graph.op.BatchSize;
import dev.ortune.graph.op.FedMasks;
import dev.ortune.ort.HostTensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Draws the dropout masks of a training graph. A mask is decided by the seed, the step, the part of
 * the step and the use alone, so a run resumed at a step goes on with the masks it would have had.
 *
 * <p>Values come from SplitMix64 (Steele et al. 2014, "Fast splittable pseudorandom number
 * generators"), 15 bits for each. The memory is reused: masks hold until the next are drawn.
 *
 * <p>For one thread.
 */
final class MaskDrawer {

    private static final long GAMMA = 0x9E3779B97F4A7C15L;
    private static final long LANES = 0x0001000100010001L;
    private static final long LANE_VALUES = LANES * (FedMasks.RATE_STEPS - 1);
    private static final int VALUES_PER_WORD = Long.BYTES;

    private final long seed;
    private final List<FedMasks.Input> inputs;
    private final List<ByteBuffer> memory = new ArrayList<>();

    MaskDrawer(long seed, List<FedMasks.Input> inputs) {
        this.seed = seed;
        this.inputs = List.copyOf(inputs);
        inputs.forEach(input -> memory.add(ByteBuffer.allocateDirect(0)));
    }

    /**
     * Adds the masks to a graph's inputs.
     *
     * @param step counts optimizer steps
     * @param part counts the graph's runs within a step
     */
    void draw(long step, int part, BatchSize size, Map<String, HostTensor> graphInputs) {
        long run = mix(mix(mix(seed) + step) + part);
        for (int use = 0; use < inputs.size(); use++) {
            FedMasks.Input input = inputs.get(use);
            TensorShape shape = TensorShape.of(input.shape().of(size));
            ByteBuffer mask = memory(use, Math.toIntExact(shape.elements()));
            fill(mask, mix(run + use), input.dropInSteps(), shape.elements());
            graphInputs.put(input.name(), new HostTensor.Booleans(shape, mask));
        }
    }

    private ByteBuffer memory(int use, int bytes) {
        int words = (bytes + VALUES_PER_WORD - 1) / VALUES_PER_WORD;
        if (memory.get(use).capacity() < words * VALUES_PER_WORD) {
            memory.set(
                    use,
                    ByteBuffer.allocateDirect(words * VALUES_PER_WORD)
                            .order(ByteOrder.nativeOrder()));
        }
        return memory.get(use);
    }

    /**
     * Eight values per word: four 15-bit lanes each of two draws. A lane v is kept if {@code v >=
     * drop}, which is bit 15 of {@code v + 2^15 - drop}.
     */
    private static void fill(ByteBuffer mask, long key, int drop, long count) {
        long offset = LANES * (FedMasks.RATE_STEPS - drop);
        long state = key;
        for (int at = 0; at < count; at += VALUES_PER_WORD) {
            state += GAMMA;
            long even = kept(mix(state), offset);
            state += GAMMA;
            long odd = kept(mix(state), offset);
            mask.putLong(at, even | odd << Byte.SIZE);
        }
    }

    private static long kept(long draw, long offset) {
        return ((draw & LANE_VALUES) + offset) >>> 15 & LANES;
    }

    private static long mix(long value) {
        long z = (value ^ value >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
