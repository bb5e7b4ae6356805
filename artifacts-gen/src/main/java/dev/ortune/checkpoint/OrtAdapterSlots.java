package dev.ortune.checkpoint;

/**
 * Field numbers of the tables in ONNX Runtime's {@code adapter_schema.fbs}
 * (onnxruntime/lora/adapter_format), in the schema's order.
 */
final class OrtAdapterSlots {

    static final String FILE_IDENTIFIER = "TORT";

    /** {@code kAdapterFormatVersion} of adapter_format_version.h: the only one there is. */
    static final int FORMAT_VERSION = 1;

    /** {@code raw_data} has {@code force_align: 8}, counted from the file's start. */
    static final int DATA_ALIGNMENT = 8;

    static final class Adapter {
        static final int FIELDS = 4;
        static final int FORMAT_VERSION = 0;
        static final int ADAPTER_VERSION = 1;
        static final int MODEL_VERSION = 2;
        static final int PARAMETERS = 3;

        private Adapter() {}
    }

    static final class Parameter {
        static final int FIELDS = 4;
        static final int NAME = 0;
        static final int DIMENSIONS = 1;
        static final int DATA_TYPE = 2;
        static final int RAW_DATA = 3;

        private Parameter() {}
    }

    private OrtAdapterSlots() {}
}
