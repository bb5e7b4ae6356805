package dev.ortune.checkpoint;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.ortune.checkpoint.OrtAdapterSlots.Adapter;
import dev.ortune.checkpoint.OrtAdapterSlots.Parameter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Builds one adapter flatbuffer; children come before their parents. */
final class OrtAdapterWriter {

    private static final int INITIAL_BYTES = 1 << 16;

    private final FlatBufferBuilder builder = new FlatBufferBuilder(INITIAL_BYTES);

    /** The whole file. */
    ByteBuffer build(OrtAdapter adapter) {
        int parameters = parameters(adapter.parameters());
        builder.startTable(Adapter.FIELDS);
        builder.addInt(Adapter.FORMAT_VERSION, OrtAdapterSlots.FORMAT_VERSION, 0);
        builder.addInt(Adapter.ADAPTER_VERSION, adapter.adapterVersion(), 0);
        builder.addInt(Adapter.MODEL_VERSION, adapter.modelVersion(), 0);
        builder.addOffset(Adapter.PARAMETERS, parameters, 0);
        builder.finish(builder.endTable(), OrtAdapterSlots.FILE_IDENTIFIER);
        return builder.dataBuffer();
    }

    private int parameters(List<FloatTensor> tensors) {
        return builder.createVectorOfTables(tensors.stream().mapToInt(this::parameter).toArray());
    }

    private int parameter(FloatTensor tensor) {
        int name = builder.createString(tensor.name());
        int dimensions = dimensions(tensor.shape().toArray());
        int data = data(tensor.values());
        builder.startTable(Parameter.FIELDS);
        builder.addOffset(Parameter.NAME, name, 0);
        builder.addOffset(Parameter.DIMENSIONS, dimensions, 0);
        builder.addInt(Parameter.DATA_TYPE, FlatFloats.FLOAT_TYPE, 0);
        builder.addOffset(Parameter.RAW_DATA, data, 0);
        return builder.endTable();
    }

    private int dimensions(long[] sizes) {
        builder.startVector(Long.BYTES, sizes.length, Long.BYTES);
        for (int index = sizes.length - 1; index >= 0; index--) {
            builder.addLong(sizes[index]);
        }
        return builder.endVector();
    }

    private int data(float[] values) {
        int length = Math.multiplyExact(values.length, Float.BYTES);
        ByteBuffer data =
                builder.createUnintializedVector(1, length, OrtAdapterSlots.DATA_ALIGNMENT);
        data.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
        return builder.endVector();
    }
}
