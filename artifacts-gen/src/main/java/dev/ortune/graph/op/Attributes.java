package dev.ortune.graph.op;

import com.google.protobuf.ByteString;
import dev.ortune.onnx.proto.AttributeProto;
import dev.ortune.onnx.proto.TensorProto;
import java.util.Arrays;

/** Short forms for ONNX node attributes. */
public final class Attributes {

    private Attributes() {}

    /** An integer attribute. */
    public static AttributeProto of(String name, long value) {
        return named(name, AttributeProto.AttributeType.INT).setI(value).build();
    }

    /** A float attribute. */
    public static AttributeProto of(String name, float value) {
        return named(name, AttributeProto.AttributeType.FLOAT).setF(value).build();
    }

    /** A string attribute. */
    public static AttributeProto of(String name, String value) {
        return named(name, AttributeProto.AttributeType.STRING)
                .setS(ByteString.copyFromUtf8(value))
                .build();
    }

    /** A tensor attribute. */
    public static AttributeProto of(String name, TensorProto value) {
        return named(name, AttributeProto.AttributeType.TENSOR).setT(value).build();
    }

    /** An integer-list attribute. */
    public static AttributeProto integers(String name, long... values) {
        return named(name, AttributeProto.AttributeType.INTS)
                .addAllInts(Arrays.stream(values).boxed().toList())
                .build();
    }

    private static AttributeProto.Builder named(String name, AttributeProto.AttributeType type) {
        return AttributeProto.newBuilder().setName(name).setType(type);
    }
}
