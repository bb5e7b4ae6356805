package dev.ortune.encoder;

import dev.ortune.adapter.AdapterWeights;
import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.checkpoint.TensorShape;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.graph.AdapterPlan;
import dev.ortune.graph.HeadVariant;
import dev.ortune.graph.LinearModule;
import dev.ortune.graph.ModelStructure;
import dev.ortune.ort.FloatBlock;
import dev.ortune.ort.HostTensor;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Fills one block with one adapter, from its start. What a matrix B needs done to it passes through
 * the heap; everything else, nearly all, goes straight from the file to the block.
 */
final class AdapterPlacement {

    private final AdapterWeights adapter;
    private final AdapterPlan plan;
    private final ModelStructure structure;
    private final FloatBlock block;
    private final float scaling;
    private long next;

    AdapterPlacement(
            AdapterWeights adapter, AdapterPlan plan, ModelStructure structure, FloatBlock block) {
        this.adapter = adapter;
        this.plan = plan;
        this.structure = structure;
        this.block = block;
        this.scaling = plan.lora().scaling();
    }

    /**
     * Lays the adapter out; called once.
     *
     * @param whenClosed takes the block back
     */
    ResidentAdapter place(Consumer<FloatBlock> whenClosed) {
        HeadVariant head = HeadVariant.of(structure, plan);
        Map<LinearModule, LoraSlice> updates = new HashMap<>();
        Map<String, HostTensor> headInputs = new HashMap<>();
        Set<String> others = new TreeSet<>(adapter.outline().shapes().keySet());
        for (LinearModule module : plan.adaptedModules()) {
            String loraA = AdapterPlan.loraAName(module.name());
            String loraB = AdapterPlan.loraBName(module.name());
            others.remove(loraA);
            others.remove(loraB);
            if (head.adapted().contains(module.name())) {
                headInputs.put(loraA, copy(loraA));
                FloatTensor update = adapter.read(loraB);
                headInputs.put(
                        loraB,
                        new HostTensor.OffHeap(
                                update.shape(), block, put(scaled(update.values()))));
            } else {
                updates.put(
                        module,
                        new LoraSlice(
                                copy(loraA).offset(), put(scaledTranspose(adapter.read(loraB)))));
            }
        }
        others.forEach(name -> headInputs.put(name, copy(name)));
        int rank = updates.isEmpty() ? 0 : plan.lora().rank();
        return new ResidentAdapter(
                adapter.outline().labels(), rank, block, updates, head, headInputs, whenClosed);
    }

    private HostTensor.OffHeap copy(String name) {
        TensorShape shape = adapter.outline().shapes().get(name);
        long offset = next;
        adapter.read(name, block.bytes(offset, Math.toIntExact(shape.elements())));
        next += shape.elements();
        return new HostTensor.OffHeap(shape, block, offset);
    }

    private long put(float[] values) {
        long offset = next;
        block.put(offset, values);
        next += values.length;
        return offset;
    }

    private float[] scaledTranspose(FloatTensor matrix) {
        int rows = Math.toIntExact(matrix.shape().dimensions().get(0));
        int columns = Math.toIntExact(matrix.shape().dimensions().get(1));
        float[] values = scaled(matrix.values());
        float[] result = new float[values.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                result[column * rows + row] = values[row * columns + column];
            }
        }
        return result;
    }

    private float[] scaled(float[] values) {
        float[] result = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            result[i] = values[i] * scaling;
            if (!Float.isFinite(result[i])) {
                throw new InvalidInputException(
                        ErrorCode.ADAPTER_FORMAT,
                        "The adapter's scaling makes one of its values infinite.",
                        "Use a smaller lora_alpha, or train the adapter again.");
            }
        }
        return result;
    }
}
