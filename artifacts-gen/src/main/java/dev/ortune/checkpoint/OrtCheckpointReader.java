package dev.ortune.checkpoint;

import dev.ortune.checkpoint.OrtCheckpointSlots.Bag;
import dev.ortune.checkpoint.OrtCheckpointSlots.Checkpoint;
import dev.ortune.checkpoint.OrtCheckpointSlots.Group;
import dev.ortune.checkpoint.OrtCheckpointSlots.ModuleState;
import dev.ortune.checkpoint.OrtCheckpointSlots.ParameterState;
import dev.ortune.checkpoint.OrtCheckpointSlots.Property;
import dev.ortune.checkpoint.OrtCheckpointSlots.Tensor;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads one checkpoint flatbuffer.
 *
 * <p>A damaged one shows as {@link IndexOutOfBoundsException}, {@link ArithmeticException} or
 * {@link IllegalArgumentException}.
 */
final class OrtCheckpointReader {

    private static final FlatFloats.Slots SLOTS =
            new FlatFloats.Slots(
                    "tensor", Tensor.NAME, Tensor.DIMENSIONS, Tensor.DATA_TYPE, Tensor.RAW_DATA);

    private final FlatFloats file;

    OrtCheckpointReader(ByteBuffer bytes) {
        this.file = new FlatFloats(bytes, SLOTS);
    }

    OrtCheckpoint read() {
        FlatTable checkpoint = file.root(OrtCheckpointSlots.FILE_IDENTIFIER);
        int version = checkpoint.int32(Checkpoint.VERSION, 0);
        FlatFloats.require(version == OrtCheckpointSlots.VERSION, "checkpoint version " + version);
        FlatTable module =
                checkpoint
                        .table(Checkpoint.MODULE_STATE)
                        .orElseThrow(() -> new IllegalArgumentException("no module state"));
        FlatFloats.require(
                !module.bool(ModuleState.IS_NOMINAL_STATE), "a nominal checkpoint has no values");
        FlatFloats.require(
                !module.bool(ModuleState.HAS_EXTERNAL_DATA), "its values lie in another file");
        return new OrtCheckpoint(
                tensors(module, ModuleState.REQUIRES_GRAD_PARAMETERS),
                tensors(module, ModuleState.FROZEN_PARAMETERS),
                checkpoint.tables(Checkpoint.OPTIMIZER_GROUPS).stream().map(this::group).toList(),
                checkpoint.table(Checkpoint.PROPERTY_BAG).map(this::bag).orElse(PropertyBag.EMPTY));
    }

    private List<FloatTensor> tensors(FlatTable parent, int slot) {
        return parent.tables(slot).stream().map(file::tensor).toList();
    }

    private OptimizerGroup group(FlatTable table) {
        return new OptimizerGroup(
                file.string(table, Group.NAME),
                table.int64(Group.STEP),
                table.float32(Group.INITIAL_LEARNING_RATE),
                table.tables(Group.STATES).stream().map(this::parameterState).toList());
    }

    private OptimizerGroup.ParameterState parameterState(FlatTable table) {
        return new OptimizerGroup.ParameterState(
                file.string(table, ParameterState.PARAMETER_NAME),
                tensors(table, ParameterState.MOMENTUMS));
    }

    private PropertyBag bag(FlatTable table) {
        return new PropertyBag(
                properties(table, Bag.INTEGERS, property -> property.int64(Property.VALUE)),
                properties(table, Bag.FLOATS, property -> property.float32(Property.VALUE)),
                properties(table, Bag.STRINGS, property -> file.string(property, Property.VALUE)));
    }

    private <T> Map<String, T> properties(
            FlatTable bag, int slot, Function<FlatTable, T> readValue) {
        Map<String, T> properties = new HashMap<>();
        for (FlatTable property : bag.tables(slot)) {
            properties.put(file.string(property, Property.NAME), readValue.apply(property));
        }
        return properties;
    }
}
