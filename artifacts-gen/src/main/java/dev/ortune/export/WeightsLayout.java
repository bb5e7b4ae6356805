package dev.ortune.export;

import dev.ortune.checkpoint.TensorShape;
import dev.ortune.checkpoint.TensorSource;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.graph.ClassifierModel;
import dev.ortune.graph.FrozenWeights;
import dev.ortune.graph.ModelStructure;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Decides which tensors of a checkpoint go into the shared weights file, and where.
 *
 * <p>The encoder must be complete; of the head, what the checkpoint has. Labels and LoRA play no
 * part, so one file serves every job.
 */
final class WeightsLayout {

    /** Tensors start on page borders, so that they can be mapped one by one. */
    private static final long ALIGNMENT = 4096;

    // Any count finds the same encoder; the head's shapes are taken from the checkpoint.
    private static final int ANY_LABEL_COUNT = 2;

    private final TensorSource source;
    private final SourceTensors names;
    private final ModelStructure structure;

    WeightsLayout(ClassifierModel model, TensorSource source) {
        this.source = source;
        this.names = new SourceTensors(source, model.family());
        this.structure = model.structure(ANY_LABEL_COUNT);
    }

    /** The places of all tensors in a file of the given name. */
    FrozenWeights plan(String fileName) {
        Map<String, FrozenWeights.Location> locations = new LinkedHashMap<>();
        long offset = 0;
        for (Map.Entry<String, TensorShape> tensor : structure.tensors().entrySet()) {
            if (isAbsentHead(tensor.getKey())) {
                continue;
            }
            TensorShape shape = source.shape(names.require(tensor.getKey()));
            if (!structure.isHead(tensor.getKey())) {
                requireShape(tensor.getKey(), tensor.getValue(), shape);
            }
            locations.put(tensor.getKey(), new FrozenWeights.Location(shape, offset));
            offset = align(offset + shape.elements() * Float.BYTES);
        }
        return new FrozenWeights(fileName, locations);
    }

    private boolean isAbsentHead(String tensor) {
        return structure.isHead(tensor) && names.find(tensor).isEmpty();
    }

    private static void requireShape(String name, TensorShape expected, TensorShape found) {
        if (!expected.equals(found)) {
            throw new InvalidInputException(
                    ErrorCode.BASE_CONFIG,
                    "The tensor \""
                            + name
                            + "\" has the shape "
                            + found
                            + " where config.json asks for "
                            + expected
                            + ".",
                    "Check that config.json belongs to this checkpoint.");
        }
    }

    private static long align(long offset) {
        return (offset + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
