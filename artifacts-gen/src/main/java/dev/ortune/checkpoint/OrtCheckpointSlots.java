package dev.ortune.checkpoint;

/**
 * Field numbers of the tables in ONNX Runtime's {@code ort_training_checkpoint.fbs} and {@code
 * ort.fbs} (onnxruntime/core/flatbuffers/schema), in the schema's order.
 */
final class OrtCheckpointSlots {

    static final String FILE_IDENTIFIER = "ODTC";
    static final int VERSION = 2;

    static final class Checkpoint {
        static final int FIELDS = 4;
        static final int VERSION = 0;
        static final int MODULE_STATE = 1;
        static final int OPTIMIZER_GROUPS = 2;
        static final int PROPERTY_BAG = 3;

        private Checkpoint() {}
    }

    static final class ModuleState {
        static final int FIELDS = 4;
        static final int REQUIRES_GRAD_PARAMETERS = 0;
        static final int FROZEN_PARAMETERS = 1;
        static final int IS_NOMINAL_STATE = 2;
        static final int HAS_EXTERNAL_DATA = 3;

        private ModuleState() {}
    }

    static final class Tensor {
        static final int FIELDS = 7;
        static final int NAME = 0;
        static final int DIMENSIONS = 2;
        static final int DATA_TYPE = 3;
        static final int RAW_DATA = 4;

        private Tensor() {}
    }

    static final class Group {
        static final int FIELDS = 4;
        static final int NAME = 0;
        static final int STEP = 1;
        static final int INITIAL_LEARNING_RATE = 2;
        static final int STATES = 3;

        private Group() {}
    }

    static final class ParameterState {
        static final int FIELDS = 2;
        static final int PARAMETER_NAME = 0;
        static final int MOMENTUMS = 1;

        private ParameterState() {}
    }

    static final class Bag {
        static final int FIELDS = 3;
        static final int INTEGERS = 0;
        static final int FLOATS = 1;
        static final int STRINGS = 2;

        private Bag() {}
    }

    static final class Property {
        static final int FIELDS = 2;
        static final int NAME = 0;
        static final int VALUE = 1;

        private Property() {}
    }

    private OrtCheckpointSlots() {}
}
