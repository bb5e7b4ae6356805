package dev.ortune.checkpoint;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.ortune.checkpoint.OrtCheckpointSlots.Bag;
import dev.ortune.checkpoint.OrtCheckpointSlots.Checkpoint;
import dev.ortune.checkpoint.OrtCheckpointSlots.Group;
import dev.ortune.checkpoint.OrtCheckpointSlots.ModuleState;
import dev.ortune.checkpoint.OrtCheckpointSlots.ParameterState;
import dev.ortune.checkpoint.OrtCheckpointSlots.Property;
import dev.ortune.checkpoint.OrtCheckpointSlots.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** Builds one checkpoint flatbuffer; children come before their parents. */
final class OrtCheckpointWriter {

    private static final int INITIAL_BYTES = 1 << 16;

    private final FlatBufferBuilder builder = new FlatBufferBuilder(INITIAL_BYTES);

    /** The whole file. */
    ByteBuffer build(OrtCheckpoint checkpoint) {
        int module = moduleState(checkpoint);
        int groups =
                checkpoint.optimizerGroups().isEmpty()
                        ? 0
                        : vector(checkpoint.optimizerGroups(), this::group);
        int bag = checkpoint.properties().isEmpty() ? 0 : bag(checkpoint.properties());
        builder.startTable(Checkpoint.FIELDS);
        builder.addInt(Checkpoint.VERSION, OrtCheckpointSlots.VERSION, 0);
        builder.addOffset(Checkpoint.MODULE_STATE, module, 0);
        builder.addOffset(Checkpoint.OPTIMIZER_GROUPS, groups, 0);
        builder.addOffset(Checkpoint.PROPERTY_BAG, bag, 0);
        builder.finish(builder.endTable(), OrtCheckpointSlots.FILE_IDENTIFIER);
        return builder.dataBuffer();
    }

    private int moduleState(OrtCheckpoint checkpoint) {
        int trainable = vector(checkpoint.trainableParameters(), this::tensor);
        int frozen = vector(checkpoint.frozenParameters(), this::tensor);
        builder.startTable(ModuleState.FIELDS);
        builder.addOffset(ModuleState.REQUIRES_GRAD_PARAMETERS, trainable, 0);
        builder.addOffset(ModuleState.FROZEN_PARAMETERS, frozen, 0);
        return builder.endTable();
    }

    private int tensor(FloatTensor tensor) {
        int name = builder.createString(tensor.name());
        long[] sizes = tensor.shape().toArray();
        builder.startVector(Long.BYTES, sizes.length, Long.BYTES);
        for (int index = sizes.length - 1; index >= 0; index--) {
            builder.addLong(sizes[index]);
        }
        int dimensions = builder.endVector();
        int data = rawData(tensor.values());
        builder.startTable(Tensor.FIELDS);
        builder.addOffset(Tensor.NAME, name, 0);
        builder.addOffset(Tensor.DIMENSIONS, dimensions, 0);
        builder.addInt(Tensor.DATA_TYPE, FlatFloats.FLOAT_TYPE, 0);
        builder.addOffset(Tensor.RAW_DATA, data, 0);
        return builder.endTable();
    }

    private int rawData(float[] values) {
        int length = Math.multiplyExact(values.length, Float.BYTES);
        ByteBuffer data = builder.createUnintializedVector(1, length, Float.BYTES);
        data.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
        return builder.endVector();
    }

    private int group(OptimizerGroup group) {
        int name = builder.createString(group.name());
        int states = vector(group.states(), this::parameterState);
        builder.startTable(Group.FIELDS);
        builder.addOffset(Group.NAME, name, 0);
        builder.addLong(Group.STEP, group.step(), 0);
        builder.addFloat(Group.INITIAL_LEARNING_RATE, group.initialLearningRate(), 0);
        builder.addOffset(Group.STATES, states, 0);
        return builder.endTable();
    }

    private int parameterState(OptimizerGroup.ParameterState state) {
        int name = builder.createString(state.parameterName());
        int momentums = vector(state.momentums(), this::tensor);
        builder.startTable(ParameterState.FIELDS);
        builder.addOffset(ParameterState.PARAMETER_NAME, name, 0);
        builder.addOffset(ParameterState.MOMENTUMS, momentums, 0);
        return builder.endTable();
    }

    private int bag(PropertyBag properties) {
        int integers =
                vector(
                        sorted(properties.integers()),
                        property ->
                                property(
                                        property,
                                        value -> builder.addLong(Property.VALUE, value, 0)));
        int floats =
                vector(
                        sorted(properties.floats()),
                        property ->
                                property(
                                        property,
                                        value -> builder.addFloat(Property.VALUE, value, 0)));
        int strings = vector(sorted(properties.strings()), this::stringProperty);
        builder.startTable(Bag.FIELDS);
        builder.addOffset(Bag.INTEGERS, integers, 0);
        builder.addOffset(Bag.FLOATS, floats, 0);
        builder.addOffset(Bag.STRINGS, strings, 0);
        return builder.endTable();
    }

    private <T> int property(Map.Entry<String, T> property, Consumer<T> addValue) {
        int name = builder.createString(property.getKey());
        builder.startTable(Property.FIELDS);
        builder.addOffset(Property.NAME, name, 0);
        addValue.accept(property.getValue());
        return builder.endTable();
    }

    private int stringProperty(Map.Entry<String, String> property) {
        int value = builder.createString(property.getValue());
        return property(
                Map.entry(property.getKey(), value),
                offset -> builder.addOffset(Property.VALUE, offset, 0));
    }

    private static <T> List<Map.Entry<String, T>> sorted(Map<String, T> properties) {
        return List.copyOf(new TreeMap<>(properties).entrySet());
    }

    private <T> int vector(List<T> elements, ToIntFunction<T> write) {
        int[] offsets = elements.stream().mapToInt(write).toArray();
        return builder.createVectorOfTables(offsets);
    }
}
