package dev.ortune.api.inference;

import java.util.List;

/** An output tensor of an answer, its elements in row-major order. */
public sealed interface OutputTensor {

    /** The output's name. */
    String name();

    /** Its dimensions. */
    List<Long> shape();

    /** Its elements' type. */
    String datatype();

    /** A tensor of BYTES, each a text in UTF-8. */
    record Texts(String name, List<Long> shape, List<String> data) implements OutputTensor {

        public Texts {
            shape = List.copyOf(shape);
            data = List.copyOf(data);
        }

        @Override
        public String datatype() {
            return "BYTES";
        }
    }

    /** A tensor of FP32. */
    record Floats(String name, List<Long> shape, List<Float> data) implements OutputTensor {

        public Floats {
            shape = List.copyOf(shape);
            data = List.copyOf(data);
        }

        @Override
        public String datatype() {
            return "FP32";
        }
    }
}
