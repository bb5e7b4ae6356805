package dev.ortune.export;

import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.checkpoint.TensorShape;
import dev.ortune.graph.AdapterPlan;
import dev.ortune.graph.LinearModule;
import dev.ortune.graph.TrainableParameter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A classifier's weights with its adapter merged, row by row: {@code W + s · B A} where a layer is
 * adapted, the adapter's own values where it is trained whole, else the base's.
 *
 * <p>Sums are taken in double precision and rounded once. Used by one thread.
 */
final class MergedWeights {

    /** Receives a tensor's values in order; the array is reused. */
    @FunctionalInterface
    interface Sink<E extends Exception> {
        void accept(float[] values) throws E;
    }

    private static final int CHUNK_VALUES = 1 << 14;

    private final BaseWeights base;
    private final double scaling;
    private final Map<String, float[]> parameters = new HashMap<>();
    private final Map<String, LinearModule> adapted = new HashMap<>();

    /**
     * Merges parameters into a base.
     *
     * @throws IllegalArgumentException when they are not those of the plan
     */
    MergedWeights(BaseWeights base, AdapterPlan plan, List<FloatTensor> parameters) {
        this.base = base;
        this.scaling = plan.lora().scaling();
        Map<String, TensorShape> given = new HashMap<>();
        for (FloatTensor parameter : parameters) {
            given.put(parameter.name(), parameter.shape());
            this.parameters.put(parameter.name(), parameter.values());
        }
        for (TrainableParameter planned : plan.parameters()) {
            if (!planned.shape().equals(given.get(planned.name()))) {
                throw new IllegalArgumentException(
                        planned.name() + " " + planned.shape() + " is not among the parameters");
            }
        }
        plan.adaptedModules().forEach(module -> adapted.put(module.weightName(), module));
    }

    /** Hands a tensor's values on, row-major, a piece at a time. */
    <E extends Exception> void forEach(String name, TensorShape shape, Sink<E> sink) throws E {
        LinearModule module = adapted.get(name);
        if (module != null) {
            mergedRows(module, sink);
        } else if (parameters.containsKey(name)) {
            sink.accept(parameters.get(name));
        } else {
            baseValues(name, shape.elements(), sink);
        }
    }

    private <E extends Exception> void baseValues(String name, long count, Sink<E> sink) throws E {
        float[] chunk = new float[CHUNK_VALUES];
        for (long first = 0; first < count; first += CHUNK_VALUES) {
            if (count - first < CHUNK_VALUES) {
                chunk = new float[(int) (count - first)];
            }
            base.read(name, first, chunk);
            sink.accept(chunk);
        }
    }

    private <E extends Exception> void mergedRows(LinearModule module, Sink<E> sink) throws E {
        float[] a = parameters.get(AdapterPlan.loraAName(module.name()));
        float[] b = parameters.get(AdapterPlan.loraBName(module.name()));
        int columns = Math.toIntExact(module.inputSize());
        int rows = Math.toIntExact(module.outputSize());
        int rank = b.length / rows;
        float[] row = new float[columns];
        double[] update = new double[columns];
        for (int index = 0; index < rows; index++) {
            Arrays.fill(update, 0);
            for (int r = 0; r < rank; r++) {
                double factor = scaling * b[index * rank + r];
                for (int column = 0; column < columns; column++) {
                    update[column] += factor * a[r * columns + column];
                }
            }
            base.read(module.weightName(), (long) index * columns, row);
            for (int column = 0; column < columns; column++) {
                row[column] = (float) (row[column] + update[column]);
            }
            sink.accept(row);
        }
    }
}
