package dev.ortune.graph.op;

import dev.ortune.onnx.proto.AttributeProto;
import java.util.ArrayList;
import java.util.List;

/**
 * Constant factors that ride on a linear layer's products: {@code y = product · x Wᵀ + bias · b}. They
 * cost nothing there, where a pass of their own over the values would.
 *
 * @param product factor of the product
 * @param bias factor of the bias
 */
public record LinearScale(float product, float bias) {

    /** The plain layer. */
    public static final LinearScale NONE = new LinearScale(1, 1);

    /** The layer's output times a factor. */
    public static LinearScale ofOutput(float factor) {
        return new LinearScale(factor, factor);
    }

    /** The layer on its input times a factor. */
    public static LinearScale ofInput(float factor) {
        return new LinearScale(factor, 1);
    }

    /** Attributes of the Gemm with the frozen product and the bias. */
    AttributeProto[] forward(AttributeProto... others) {
        List<AttributeProto> attributes = new ArrayList<>(List.of(others));
        if (product != 1) {
            attributes.add(Attributes.of("alpha", product));
        }
        if (bias != 1) {
            attributes.add(Attributes.of("beta", bias));
        }
        return attributes.toArray(AttributeProto[]::new);
    }

    /** Attributes of a Gemm that takes the product's gradient on; its C input is added as it is. */
    AttributeProto[] backward(AttributeProto... others) {
        return new LinearScale(product, 1).forward(others);
    }
}
