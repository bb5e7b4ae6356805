package dev.ortune.checkpoint;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What ONNX Runtime's flatbuffers of tensors have in common, checkpoints and adapters: the file's
 * identifier, names, and float32 tensors in tables whose field numbers differ.
 *
 * <p>A damaged file shows as {@link IndexOutOfBoundsException}, {@link ArithmeticException} or {@link
 * IllegalArgumentException}. For one file and one thread.
 */
final class FlatFloats {

    /** {@code TensorDataType.FLOAT}. */
    static final int FLOAT_TYPE = 1;

    private static final int IDENTIFIER_POSITION = Integer.BYTES;

    /**
     * A tensor table's field numbers.
     *
     * @param what the schema calls such a table, for messages
     */
    record Slots(String what, int name, int dimensions, int dataType, int rawData) {}

    private final ByteBuffer bytes;
    private final Slots slots;

    /** Tables of a hostile file may share their data; what is copied never exceeds the file. */
    private long copiedBytes;

    FlatFloats(ByteBuffer bytes, Slots slots) {
        this.bytes = bytes;
        this.slots = slots;
    }

    /** The root table of a file with an identifier. */
    FlatTable root(String identifier) {
        byte[] found = new byte[identifier.length()];
        bytes.get(IDENTIFIER_POSITION, found);
        require(
                new String(found, StandardCharsets.ISO_8859_1).equals(identifier),
                "no " + identifier + " file identifier");
        return FlatTable.root(bytes);
    }

    FloatTensor tensor(FlatTable table) {
        String name = string(table, slots.name());
        int type = table.int32(slots.dataType(), 0);
        require(type == FLOAT_TYPE, slots.what() + " " + name + " has type " + type);
        TensorShape shape = new TensorShape(table.int64s(slots.dimensions()));
        ByteBuffer data = table.bytes(slots.rawData());
        require(
                data.remaining() % Float.BYTES == 0
                        && shape.elements() == data.remaining() / Float.BYTES,
                slots.what()
                        + " "
                        + name
                        + " of shape "
                        + shape
                        + " has "
                        + data.remaining()
                        + " bytes");
        count(data.remaining());
        float[] values = new float[data.remaining() / Float.BYTES];
        data.asFloatBuffer().get(values);
        return new FloatTensor(name, shape, values);
    }

    String string(FlatTable table, int slot) {
        count(table.bytes(slot).remaining());
        return table.string(slot);
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private void count(int length) {
        copiedBytes += length;
        require(copiedBytes <= bytes.limit(), "tables share their data");
    }
}
