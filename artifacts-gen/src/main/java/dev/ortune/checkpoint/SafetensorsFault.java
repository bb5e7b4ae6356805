package dev.ortune.checkpoint;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.nio.file.Path;

/** Errors about a safetensors file, all of one form. */
final class SafetensorsFault {

    private static final String REMEDY =
            "Download or export the file again; it must be a file that the safetensors library"
                    + " wrote.";

    private SafetensorsFault() {}

    static InvalidInputException inFile(Path file, String reason) {
        return new InvalidInputException(
                ErrorCode.SAFETENSORS_FORMAT, file + ": " + reason + ".", REMEDY);
    }

    static InvalidInputException inFile(Path file, String reason, Throwable cause) {
        return new InvalidInputException(
                ErrorCode.SAFETENSORS_FORMAT, file + ": " + reason + ".", REMEDY, cause);
    }

    static InvalidInputException inTensor(Path file, String tensor, String reason) {
        return inFile(file, "tensor '" + tensor + "': " + reason);
    }
}
