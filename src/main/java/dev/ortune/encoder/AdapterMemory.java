package dev.ortune.encoder;

import dev.ortune.adapter.Adapter;
import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.checkpoint.TensorShape;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.export.PreparedBase;
import dev.ortune.graph.AdapterPlan;
import dev.ortune.graph.ClassifierModel;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.FrozenWeights;
import dev.ortune.graph.HeadVariant;
import dev.ortune.graph.LinearModule;
import dev.ortune.graph.ModelStructure;
import dev.ortune.ort.FloatBlock;
import dev.ortune.ort.HostTensor;
import dev.ortune.ort.OrtRuntime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Copies adapters of one base into native memory. Thread-safe. */
final class AdapterMemory {

    private final OrtRuntime runtime;
    private final FrozenWeights weights;
    private final ClassifierModel model;

    AdapterMemory(OrtRuntime runtime, PreparedBase base) {
        this.runtime = runtime;
        this.weights = base.description().weights();
        this.model = base.model();
    }

    /**
     * Lays an adapter out.
     *
     * @throws dev.ortune.error.InvalidInputException {@code ADAPTER_MISMATCH} when it does not fit
     *     the base
     */
    ResidentAdapter place(Adapter adapter) {
        ClassifierOptions options = adapter.toOptions(model);
        ModelStructure structure = model.structure(options.labels().size());
        AdapterPlan plan = AdapterPlan.of(structure, options, weights);
        List<FloatTensor> parameters = adapter.parametersFor(plan);
        Map<String, FloatTensor> byName =
                parameters.stream().collect(Collectors.toMap(FloatTensor::name, tensor -> tensor));
        long size = parameters.stream().mapToLong(tensor -> tensor.shape().elements()).sum();
        FloatBlock block = runtime.allocate(size);
        try {
            return new Placement(block, byName, plan, structure).place(adapter);
        } catch (RuntimeException e) {
            block.close();
            throw e;
        }
    }

    /** Fills one block from its start. */
    private static final class Placement {

        private final FloatBlock block;
        private final Map<String, FloatTensor> tensors;
        private final AdapterPlan plan;
        private final ModelStructure structure;
        private long next;

        private Placement(
                FloatBlock block,
                Map<String, FloatTensor> tensors,
                AdapterPlan plan,
                ModelStructure structure) {
            this.block = block;
            this.tensors = new LinkedHashMap<>(tensors);
            this.plan = plan;
            this.structure = structure;
        }

        private ResidentAdapter place(Adapter adapter) {
            HeadVariant head = HeadVariant.of(structure, plan);
            Map<LinearModule, LoraSlice> updates = new HashMap<>();
            Map<String, HostTensor> headInputs = new HashMap<>();
            float scaling = plan.lora().scaling();
            for (LinearModule module : plan.adaptedModules()) {
                String nameOfA = AdapterPlan.loraAName(module.name());
                String nameOfB = AdapterPlan.loraBName(module.name());
                FloatTensor loraA = tensors.remove(nameOfA);
                FloatTensor loraB = tensors.remove(nameOfB);
                if (head.adapted().contains(module.name())) {
                    headInputs.put(nameOfA, put(loraA.shape(), loraA.values()));
                    headInputs.put(nameOfB, put(loraB.shape(), scaled(loraB.values(), scaling)));
                } else {
                    updates.put(
                            module,
                            new LoraSlice(
                                    put(loraA.values()),
                                    put(transposed(scaled(loraB.values(), scaling), loraB))));
                }
            }
            tensors.forEach(
                    (name, tensor) -> headInputs.put(name, put(tensor.shape(), tensor.values())));
            int rank = updates.isEmpty() ? 0 : plan.lora().rank();
            return new ResidentAdapter(adapter.labels(), rank, block, updates, head, headInputs);
        }

        private HostTensor put(TensorShape shape, float[] values) {
            return new HostTensor.OffHeap(shape, block, put(values));
        }

        private long put(float[] values) {
            long offset = next;
            block.put(offset, values);
            next += values.length;
            return offset;
        }

        private static float[] scaled(float[] values, float factor) {
            float[] result = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                result[i] = values[i] * factor;
                if (!Float.isFinite(result[i])) {
                    throw new InvalidInputException(
                            ErrorCode.ADAPTER_FORMAT,
                            "The adapter's scaling makes one of its values infinite.",
                            "Use a smaller lora_alpha, or train the adapter again.");
                }
            }
            return result;
        }

        private static float[] transposed(float[] values, FloatTensor matrix) {
            int rows = Math.toIntExact(matrix.shape().dimensions().get(0));
            int columns = Math.toIntExact(matrix.shape().dimensions().get(1));
            float[] result = new float[values.length];
            for (int row = 0; row < rows; row++) {
                for (int column = 0; column < columns; column++) {
                    result[column * rows + row] = values[row * columns + column];
                }
            }
            return result;
        }
    }
}
