package dev.ortune.checkpoint;

import dev.ortune.checkpoint.OrtCheckpointSlots.Bag;
import dev.ortune.checkpoint.OrtCheckpointSlots.Checkpoint;
import dev.ortune.checkpoint.OrtCheckpointSlots.Group;
import dev.ortune.checkpoint.OrtCheckpointSlots.ModuleState;
import dev.ortune.checkpoint.OrtCheckpointSlots.ParameterState;
import dev.ortune.checkpoint.OrtCheckpointSlots.Property;
import dev.ortune.checkpoint.OrtCheckpointSlots.Tensor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
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

    private static final int IDENTIFIER_POSITION = Integer.BYTES;

    private final ByteBuffer bytes;

    /** Tables of a hostile file may share their data; what is copied never exceeds the file. */
    private long copiedBytes;

    OrtCheckpointReader(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    OrtCheckpoint read() {
        byte[] identifier = new byte[OrtCheckpointSlots.FILE_IDENTIFIER.length()];
        bytes.get(IDENTIFIER_POSITION, identifier);
        String found = new String(identifier, StandardCharsets.ISO_8859_1);
        require(found.equals(OrtCheckpointSlots.FILE_IDENTIFIER), "no ODTC file identifier");
        FlatTable checkpoint = FlatTable.root(bytes);
        int version = checkpoint.int32(Checkpoint.VERSION, 0);
        require(version == OrtCheckpointSlots.VERSION, "checkpoint version " + version);
        FlatTable module =
                checkpoint
                        .table(Checkpoint.MODULE_STATE)
                        .orElseThrow(() -> new IllegalArgumentException("no module state"));
        require(!module.bool(ModuleState.IS_NOMINAL_STATE), "a nominal checkpoint has no values");
        require(!module.bool(ModuleState.HAS_EXTERNAL_DATA), "its values lie in another file");
        return new OrtCheckpoint(
                tensors(module, ModuleState.REQUIRES_GRAD_PARAMETERS),
                tensors(module, ModuleState.FROZEN_PARAMETERS),
                checkpoint.tables(Checkpoint.OPTIMIZER_GROUPS).stream().map(this::group).toList(),
                checkpoint.table(Checkpoint.PROPERTY_BAG).map(this::bag).orElse(PropertyBag.EMPTY));
    }

    private List<FloatTensor> tensors(FlatTable parent, int slot) {
        return parent.tables(slot).stream().map(this::tensor).toList();
    }

    private FloatTensor tensor(FlatTable table) {
        String name = string(table, Tensor.NAME);
        int type = table.int32(Tensor.DATA_TYPE, 0);
        require(type == OrtCheckpointSlots.FLOAT_TYPE, "tensor " + name + " has type " + type);
        TensorShape shape = new TensorShape(table.int64s(Tensor.DIMENSIONS));
        ByteBuffer data = table.bytes(Tensor.RAW_DATA);
        require(
                data.remaining() % Float.BYTES == 0
                        && shape.elements() == data.remaining() / Float.BYTES,
                "tensor " + name + " of shape " + shape + " has " + data.remaining() + " bytes");
        count(data.remaining());
        float[] values = new float[data.remaining() / Float.BYTES];
        data.asFloatBuffer().get(values);
        return new FloatTensor(name, shape, values);
    }

    private OptimizerGroup group(FlatTable table) {
        return new OptimizerGroup(
                string(table, Group.NAME),
                table.int64(Group.STEP),
                table.float32(Group.INITIAL_LEARNING_RATE),
                table.tables(Group.STATES).stream().map(this::parameterState).toList());
    }

    private OptimizerGroup.ParameterState parameterState(FlatTable table) {
        return new OptimizerGroup.ParameterState(
                string(table, ParameterState.PARAMETER_NAME),
                tensors(table, ParameterState.MOMENTUMS));
    }

    private PropertyBag bag(FlatTable table) {
        return new PropertyBag(
                properties(table, Bag.INTEGERS, property -> property.int64(Property.VALUE)),
                properties(table, Bag.FLOATS, property -> property.float32(Property.VALUE)),
                properties(table, Bag.STRINGS, property -> string(property, Property.VALUE)));
    }

    private <T> Map<String, T> properties(
            FlatTable bag, int slot, Function<FlatTable, T> readValue) {
        Map<String, T> properties = new HashMap<>();
        for (FlatTable property : bag.tables(slot)) {
            properties.put(string(property, Property.NAME), readValue.apply(property));
        }
        return properties;
    }

    private String string(FlatTable table, int slot) {
        count(table.bytes(slot).remaining());
        return table.string(slot);
    }

    private void count(int length) {
        copiedBytes += length;
        require(copiedBytes <= bytes.limit(), "tables share their data");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
