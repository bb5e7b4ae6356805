package dev.ortune.checkpoint;

import dev.ortune.checkpoint.OrtAdapterSlots.Adapter;
import dev.ortune.checkpoint.OrtAdapterSlots.Parameter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads one adapter flatbuffer.
 *
 * <p>A damaged one shows as {@link IndexOutOfBoundsException}, {@link ArithmeticException} or
 * {@link IllegalArgumentException}.
 */
final class OrtAdapterReader {

    private static final int IDENTIFIER_POSITION = Integer.BYTES;

    private final ByteBuffer bytes;

    /** Tables of a hostile file may share their data; what is copied never exceeds the file. */
    private long copiedBytes;

    OrtAdapterReader(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    OrtAdapter read() {
        byte[] identifier = new byte[OrtAdapterSlots.FILE_IDENTIFIER.length()];
        bytes.get(IDENTIFIER_POSITION, identifier);
        String found = new String(identifier, StandardCharsets.ISO_8859_1);
        require(found.equals(OrtAdapterSlots.FILE_IDENTIFIER), "no TORT file identifier");
        FlatTable adapter = FlatTable.root(bytes);
        int version = adapter.int32(Adapter.FORMAT_VERSION, 0);
        require(version == OrtAdapterSlots.FORMAT_VERSION, "adapter format version " + version);
        return new OrtAdapter(
                adapter.int32(Adapter.ADAPTER_VERSION, 0),
                adapter.int32(Adapter.MODEL_VERSION, 0),
                adapter.tables(Adapter.PARAMETERS).stream().map(this::parameter).toList());
    }

    private FloatTensor parameter(FlatTable table) {
        count(table.bytes(Parameter.NAME).remaining());
        String name = table.string(Parameter.NAME);
        int type = table.int32(Parameter.DATA_TYPE, 0);
        require(type == OrtAdapterSlots.FLOAT_TYPE, "parameter " + name + " has type " + type);
        TensorShape shape = new TensorShape(table.int64s(Parameter.DIMENSIONS));
        ByteBuffer data = table.bytes(Parameter.RAW_DATA);
        require(
                data.remaining() % Float.BYTES == 0
                        && shape.elements() == data.remaining() / Float.BYTES,
                "parameter " + name + " of shape " + shape + " has " + data.remaining() + " bytes");
        count(data.remaining());
        float[] values = new float[data.remaining() / Float.BYTES];
        data.asFloatBuffer().get(values);
        return new FloatTensor(name, shape, values);
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
