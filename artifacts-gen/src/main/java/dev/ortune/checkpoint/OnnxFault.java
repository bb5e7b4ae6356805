package dev.ortune.checkpoint;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.nio.file.Path;

/** Errors about an ONNX file, all of one form. */
final class OnnxFault {

    private static final String REMEDY =
            "Export the encoder from PyTorch again, in float32 and with its external data beside"
                    + " it, or use its safetensors weights.";

    private OnnxFault() {}

    static InvalidInputException inFile(Path file, String reason) {
        return new InvalidInputException(ErrorCode.ONNX_FORMAT, file + ": " + reason + ".", REMEDY);
    }

    static InvalidInputException inFile(Path file, String reason, Throwable cause) {
        return new InvalidInputException(
                ErrorCode.ONNX_FORMAT, file + ": " + reason + ".", REMEDY, cause);
    }

    static InvalidInputException inTensor(Path file, String tensor, String reason) {
        return inFile(file, "tensor '" + tensor + "': " + reason);
    }
}
