package dev.ortune.api.grpc;

import com.google.protobuf.ByteString;
import dev.ortune.api.inference.FieldFault;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Raw tensor contents of type BYTES: every element is its length, an unsigned 32-bit number of bytes
 * in little-endian order, and then the bytes (Open Inference Protocol, {@code inference_grpc.md},
 * <i>Raw tensor contents</i>; Triton's binary data extension has the length in full).
 *
 * <p>An announced length is believed only as far as there are bytes: nothing is allocated for it.
 */
final class RawBytes {

    private static final long UNSIGNED = 0xFFFF_FFFFL;

    private RawBytes() {}

    /**
     * The elements, each a text in UTF-8.
     *
     * @param field where the contents stand in the request
     * @throws dev.ortune.error.InvalidInputException {@code INVALID_REQUEST}
     */
    static List<String> texts(ByteString contents, String field) {
        ByteBuffer buffer = contents.asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        List<String> texts = new ArrayList<>();
        while (buffer.hasRemaining()) {
            String element = field + ", element " + texts.size();
            if (buffer.remaining() < Integer.BYTES) {
                throw FieldFault.of(
                        element,
                        "The contents end within the element's length, which takes 4 bytes");
            }
            long length = buffer.getInt() & UNSIGNED;
            if (length > buffer.remaining()) {
                throw FieldFault.of(
                        element,
                        "The element's length is "
                                + length
                                + " bytes, but only "
                                + buffer.remaining()
                                + " are left");
            }
            texts.add(text(buffer.slice(buffer.position(), (int) length), element));
            buffer.position(buffer.position() + (int) length);
        }
        return texts;
    }

    /** The contents of a tensor of texts. */
    static ByteString of(List<String> texts) {
        ByteString.Output contents = ByteString.newOutput();
        for (String text : texts) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            byte[] length =
                    ByteBuffer.allocate(Integer.BYTES)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putInt(bytes.length)
                            .array();
            contents.write(length, 0, length.length);
            contents.write(bytes, 0, bytes.length);
        }
        return contents.toByteString();
    }

    /** The contents of a tensor of FP32: 4 bytes per element, little-endian. */
    static ByteString ofFloats(List<Float> values) {
        ByteBuffer buffer =
                ByteBuffer.allocate(values.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        values.forEach(buffer::putFloat);
        return ByteString.copyFrom(buffer.flip());
    }

    /**
     * A text from its bytes.
     *
     * @throws dev.ortune.error.InvalidInputException {@code INVALID_REQUEST} for bytes that are not
     *     UTF-8
     */
    static String text(ByteBuffer bytes, String field) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw FieldFault.of(field, "The bytes are not UTF-8");
        }
    }
}
