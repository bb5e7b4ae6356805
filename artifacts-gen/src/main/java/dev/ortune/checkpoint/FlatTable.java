package dev.ortune.checkpoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * One table of a flatbuffer that may be damaged: every access stays inside the buffer.
 *
 * <p>All methods throw {@link IndexOutOfBoundsException} where an offset or length leads outside.
 *
 * @param buffer the whole little-endian flatbuffer
 * @param position of the table
 */
record FlatTable(ByteBuffer buffer, int position) {

    /** The root table of a buffer. */
    static FlatTable root(ByteBuffer bytes) {
        ByteBuffer buffer = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        return new FlatTable(buffer, buffer.getInt(0));
    }

    int int32(int slot, int absent) {
        OptionalInt field = field(slot);
        return field.isPresent() ? buffer.getInt(field.getAsInt()) : absent;
    }

    long int64(int slot) {
        OptionalInt field = field(slot);
        return field.isPresent() ? buffer.getLong(field.getAsInt()) : 0;
    }

    float float32(int slot) {
        OptionalInt field = field(slot);
        return field.isPresent() ? buffer.getFloat(field.getAsInt()) : 0;
    }

    boolean bool(int slot) {
        OptionalInt field = field(slot);
        return field.isPresent() && buffer.get(field.getAsInt()) != 0;
    }

    /** A string; empty when absent. */
    String string(int slot) {
        ByteBuffer bytes = bytes(slot);
        byte[] copied = new byte[bytes.remaining()];
        bytes.get(copied);
        return new String(copied, StandardCharsets.UTF_8);
    }

    /** A vector of bytes as a little-endian view; empty when absent. */
    ByteBuffer bytes(int slot) {
        OptionalInt field = field(slot);
        if (field.isEmpty()) {
            return ByteBuffer.allocate(0);
        }
        int vector = target(field.getAsInt());
        return buffer.slice(vector + Integer.BYTES, buffer.getInt(vector))
                .order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A vector of 64-bit integers; empty when absent. */
    List<Long> int64s(int slot) {
        return vector(slot, Long.BYTES, buffer::getLong);
    }

    Optional<FlatTable> table(int slot) {
        OptionalInt field = field(slot);
        return field.isPresent()
                ? Optional.of(new FlatTable(buffer, target(field.getAsInt())))
                : Optional.empty();
    }

    /** A vector of tables; empty when absent. */
    List<FlatTable> tables(int slot) {
        return vector(slot, Integer.BYTES, element -> new FlatTable(buffer, target(element)));
    }

    private <T> List<T> vector(int slot, int width, Function<Integer, T> read) {
        OptionalInt field = field(slot);
        if (field.isEmpty()) {
            return List.of();
        }
        int vector = target(field.getAsInt());
        int length = buffer.getInt(vector);
        int start = vector + Integer.BYTES;
        if (length < 0 || length > (buffer.limit() - start) / width) {
            throw new IndexOutOfBoundsException("a vector of " + length + " elements");
        }
        List<T> elements = new ArrayList<>(length);
        for (int index = 0; index < length; index++) {
            elements.add(read.apply(start + index * width));
        }
        return elements;
    }

    private int target(int at) {
        return at + buffer.getInt(at);
    }

    /** Where a field's value or offset lies; empty when the table leaves it out. */
    private OptionalInt field(int slot) {
        int virtualTable = position - buffer.getInt(position);
        int entry = (slot + 2) * Short.BYTES;
        if (entry >= Short.toUnsignedInt(buffer.getShort(virtualTable))) {
            return OptionalInt.empty();
        }
        int offset = Short.toUnsignedInt(buffer.getShort(virtualTable + entry));
        return offset == 0 ? OptionalInt.empty() : OptionalInt.of(position + offset);
    }
}
