package dev.ortune.checkpoint;

import dev.ortune.checkpoint.OrtAdapterSlots.Adapter;
import dev.ortune.checkpoint.OrtAdapterSlots.Parameter;
import java.nio.ByteBuffer;

/**
 * Reads one adapter flatbuffer.
 *
 * <p>A damaged one shows as {@link IndexOutOfBoundsException}, {@link ArithmeticException} or
 * {@link IllegalArgumentException}.
 */
final class OrtAdapterReader {

    private static final FlatFloats.Slots SLOTS =
            new FlatFloats.Slots(
                    "parameter",
                    Parameter.NAME,
                    Parameter.DIMENSIONS,
                    Parameter.DATA_TYPE,
                    Parameter.RAW_DATA);

    private final FlatFloats file;

    OrtAdapterReader(ByteBuffer bytes) {
        this.file = new FlatFloats(bytes, SLOTS);
    }

    OrtAdapter read() {
        FlatTable adapter = file.root(OrtAdapterSlots.FILE_IDENTIFIER);
        int version = adapter.int32(Adapter.FORMAT_VERSION, 0);
        FlatFloats.require(
                version == OrtAdapterSlots.FORMAT_VERSION, "adapter format version " + version);
        return new OrtAdapter(
                adapter.int32(Adapter.ADAPTER_VERSION, 0),
                adapter.int32(Adapter.MODEL_VERSION, 0),
                adapter.tables(Adapter.PARAMETERS).stream().map(file::tensor).toList());
    }
}
