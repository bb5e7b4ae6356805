package dev.ortune.bench.serve;

/** Whom the clients ask. */
enum Side {
    /** The packaged service. */
    ORTUNE("Ortune"),
    /** The packaged service, the base in eight bits. */
    ORTUNE_INT8("Ortune, int8"),
    /** FastAPI + Transformers + PEFT, the adapter beside the base. */
    PEFT("FastAPI + PEFT"),
    /** The same with the adapter merged into the base. */
    PEFT_MERGED("FastAPI + PEFT, merged"),
    /** FastAPI + ONNX Runtime, graph fused by onnxruntime.transformers. */
    ONNX("FastAPI + onnxruntime"),
    /** The same, the graph as exported. */
    ONNX_PLAIN("FastAPI + onnxruntime, as exported");

    private final String label;

    Side(String label) {
        this.label = label;
    }

    /** Whether it is the packaged service. */
    boolean isOrtune() {
        return this == ORTUNE || this == ORTUNE_INT8;
    }

    /** Whether it computes in float32, so that its answers must be those of the others. */
    boolean isExact() {
        return this != ORTUNE_INT8;
    }

    /** For people. */
    String label() {
        return label;
    }

    /** The path that a text is posted to. */
    String path(String adapter) {
        return isOrtune() ? "/v1/models/" + adapter + "/classify" : "/classify";
    }
}
