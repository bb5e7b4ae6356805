package dev.ortune.encoder;

import dev.ortune.adapter.AdapterOutline;
import dev.ortune.adapter.AdapterWeights;
import dev.ortune.checkpoint.TensorShape;
import dev.ortune.export.PreparedBase;
import dev.ortune.graph.AdapterPlan;
import dev.ortune.graph.ClassifierModel;
import dev.ortune.graph.FrozenWeights;
import dev.ortune.graph.ModelStructure;
import dev.ortune.ort.FloatBlock;
import dev.ortune.ort.OrtRuntime;

/**
 * Copies adapters of one base into native memory. Thread-safe; those that are placed may be closed
 * after it.
 */
final class AdapterMemory implements AutoCloseable {

    private final AdapterBlocks blocks;
    private final FrozenWeights weights;
    private final ClassifierModel model;

    AdapterMemory(OrtRuntime runtime, PreparedBase base) {
        this.blocks = new AdapterBlocks(runtime);
        this.weights = base.description().weights();
        this.model = base.model();
    }

    /** As {@link BaseEncoder#place}. */
    ResidentAdapter place(AdapterWeights adapter) {
        AdapterOutline outline = adapter.outline();
        ModelStructure structure = model.structure(outline.labels().labels().size());
        AdapterPlan plan = AdapterPlan.of(structure, outline.toOptions(model), weights);
        outline.requireFit(plan);
        FloatBlock block =
                blocks.take(
                        outline.shapes().values().stream().mapToLong(TensorShape::elements).sum());
        try {
            return new AdapterPlacement(adapter, plan, structure, block).place(blocks::giveBack);
        } catch (RuntimeException e) {
            blocks.giveBack(block);
            throw e;
        }
    }

    @Override
    public void close() {
        blocks.close();
    }
}
