package dev.ortune.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The golden files of tools/oracle/make_checkpoint_fixtures.py, and hand-made ones. */
final class Fixtures {

    private Fixtures() {}

    static Path golden(String name) {
        return resource("/checkpoint/" + name);
    }

    static Path resource(String name) {
        try {
            return Path.of(Fixtures.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A safetensors file: length, header, data. */
    static byte[] safetensors(String header, int dataBytes) {
        byte[] json = header.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Long.BYTES + json.length + dataBytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(json.length)
                .put(json)
                .array();
    }

    /** What {@code writeFloat32} streams, as values. */
    static float[] streamed(TensorSource source, String name) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            source.writeFloat32(name, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        float[] values = new float[out.size() / Float.BYTES];
        ByteBuffer.wrap(out.toByteArray())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }

    /** Both sources hold the tensor with the same shape and bits, read either way. */
    static void assertSameTensor(TensorSource actual, TensorSource expected, String name) {
        assertThat(actual.read(name)).as(name).isEqualTo(expected.read(name));
        assertThat(streamed(actual, name)).as(name).isEqualTo(expected.read(name).values());
    }

    /** Counts what is written and remembers the largest single write. */
    static final class CountingStream extends OutputStream {
        private long written;
        private int largestWrite;

        @Override
        public void write(int value) {
            written++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            written += length;
            largestWrite = Math.max(largestWrite, length);
        }

        long written() {
            return written;
        }

        int largestWrite() {
            return largestWrite;
        }
    }
}
