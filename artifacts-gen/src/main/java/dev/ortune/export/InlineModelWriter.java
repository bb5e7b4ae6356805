package dev.ortune.export;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import dev.ortune.checkpoint.TensorShape;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.graph.StandaloneGraph;
import dev.ortune.onnx.proto.GraphProto;
import dev.ortune.onnx.proto.ModelProto;
import dev.ortune.onnx.proto.TensorProto;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;

/**
 * Streams an ONNX model with its weights inside: protobuf's wire format lets a message's fields stand
 * in any order and a field's length is known before its content, so no message with weights is ever
 * built.
 */
final class InlineModelWriter {

    private static final int BUFFER_BYTES = 1 << 16;

    private final ModelProto envelope;
    private final StandaloneGraph graph;

    /** A writer of a model whose envelope has all but the graph. */
    InlineModelWriter(ModelProto envelope, StandaloneGraph graph) {
        this.envelope = envelope;
        this.graph = graph;
    }

    /**
     * Writes the model; the stream stays open.
     *
     * @throws InvalidInputException {@code MODEL_TOO_LARGE} before anything is written
     */
    void write(OutputStream out, MergedWeights weights) throws IOException {
        requireOneFile();
        long graphBytes = graphBytes();
        CodedOutputStream coded = CodedOutputStream.newInstance(out, BUFFER_BYTES);
        envelope.writeTo(coded);
        startMessage(coded, ModelProto.GRAPH_FIELD_NUMBER, graphBytes);
        graph.graph().writeTo(coded);
        for (Map.Entry<String, TensorShape> weight : graph.weights().entrySet()) {
            writeTensor(coded, weight.getKey(), weight.getValue(), weights);
        }
        coded.flush();
    }

    /**
     * Checks that the model fits into one file.
     *
     * @throws InvalidInputException {@code MODEL_TOO_LARGE}
     */
    void requireOneFile() {
        requireProtobufSize(envelope.getSerializedSize() + graphBytes());
    }

    private void writeTensor(
            CodedOutputStream coded, String name, TensorShape shape, MergedWeights weights)
            throws IOException {
        TensorProto header = header(name, shape);
        startMessage(coded, GraphProto.INITIALIZER_FIELD_NUMBER, tensorBytes(header, shape));
        header.writeTo(coded);
        startMessage(coded, TensorProto.RAW_DATA_FIELD_NUMBER, rawBytes(shape));
        Chunk chunk = new Chunk(coded);
        weights.forEach(name, shape, chunk::write);
    }

    private long graphBytes() {
        long bytes = graph.graph().getSerializedSize();
        for (Map.Entry<String, TensorShape> weight : graph.weights().entrySet()) {
            TensorShape shape = weight.getValue();
            bytes +=
                    messageBytes(
                            GraphProto.INITIALIZER_FIELD_NUMBER,
                            tensorBytes(header(weight.getKey(), shape), shape));
        }
        return bytes;
    }

    private static TensorProto header(String name, TensorShape shape) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.FLOAT_VALUE)
                .addAllDims(shape.dimensions())
                .build();
    }

    private static long tensorBytes(TensorProto header, TensorShape shape) {
        return header.getSerializedSize()
                + messageBytes(TensorProto.RAW_DATA_FIELD_NUMBER, rawBytes(shape));
    }

    private static long rawBytes(TensorShape shape) {
        return Math.multiplyExact(shape.elements(), (long) Float.BYTES);
    }

    private static long messageBytes(int field, long content) {
        return CodedOutputStream.computeTagSize(field)
                + CodedOutputStream.computeUInt64SizeNoTag(content)
                + content;
    }

    private static void startMessage(CodedOutputStream coded, int field, long content)
            throws IOException {
        coded.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
        coded.writeUInt64NoTag(content);
    }

    private static void requireProtobufSize(long bytes) {
        if (bytes > Integer.MAX_VALUE) {
            throw new InvalidInputException(
                    ErrorCode.MODEL_TOO_LARGE,
                    "One ONNX file holds at most 2 GiB; this model needs "
                            + bytes / (1 << 20)
                            + " MiB.",
                    "Export the base and its adapter as separate files, or use a smaller base.");
        }
    }

    /** Values as little-endian bytes, through one buffer. */
    private static final class Chunk {

        private final CodedOutputStream coded;
        private final ByteBuffer bytes =
                ByteBuffer.allocate(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);

        Chunk(CodedOutputStream coded) {
            this.coded = coded;
        }

        void write(float[] values) throws IOException {
            int capacity = BUFFER_BYTES / Float.BYTES;
            for (int first = 0; first < values.length; first += capacity) {
                int count = Math.min(capacity, values.length - first);
                bytes.clear();
                bytes.asFloatBuffer().put(values, first, count);
                coded.writeRawBytes(bytes.array(), 0, count * Float.BYTES);
            }
        }
    }
}
