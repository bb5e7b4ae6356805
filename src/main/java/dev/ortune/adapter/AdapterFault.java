package dev.ortune.adapter;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.nio.file.Path;

/** Errors about an adapter, all of one form. */
final class AdapterFault {

    private AdapterFault() {}

    /** A file that is malformed or asks for something that is not supported. */
    static InvalidInputException inFile(Path file, String reason, String remedy) {
        return new InvalidInputException(
                ErrorCode.ADAPTER_FORMAT, file + ": " + reason + ".", remedy);
    }

    static InvalidInputException inFile(Path file, String reason, Exception cause) {
        return new InvalidInputException(
                ErrorCode.ADAPTER_FORMAT,
                file + ": " + reason + ".",
                "Use a folder that PEFT's save_pretrained or ortune train wrote.",
                cause);
    }

    /** An adapter that does not belong to its base. */
    static InvalidInputException mismatch(String reason) {
        return new InvalidInputException(
                ErrorCode.ADAPTER_MISMATCH,
                "The adapter does not fit its base: " + reason + ".",
                "Use the base that the adapter was trained on, and the whole adapter folder.");
    }
}
