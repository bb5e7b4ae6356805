package dev.ortune.repository;

import java.util.Arrays;
import java.util.Optional;

/** What a version can be taken away as. */
public enum ExportFormat {
    /** A zip of the PEFT adapter folder, each file as it was published. */
    PEFT("peft"),
    /** ONNX Runtime's {@code .onnx_adapter}. */
    ONNX_ADAPTER("onnx_adapter"),
    /** A stand-alone {@code model.onnx} with the adapter merged into its base. */
    ONNX("onnx");

    private final String optionName;

    ExportFormat(String optionName) {
        this.optionName = optionName;
    }

    /** As requests name it. */
    public String optionName() {
        return optionName;
    }

    static Optional<ExportFormat> named(String name) {
        return Arrays.stream(values()).filter(format -> format.optionName.equals(name)).findFirst();
    }
}
