package dev.ortune.error;

/**
 * Stable names of everything that can go wrong; clients may switch on them.
 *
 * <p>A code is never renamed or reused once released.
 */
public enum ErrorCode {
    INVALID_OPTION(ErrorKind.INVALID_INPUT),
    INVALID_REQUEST(ErrorKind.INVALID_INPUT),
    DATASET_NOT_FOUND(ErrorKind.INVALID_INPUT),
    DATASET_EMPTY(ErrorKind.INVALID_INPUT),
    DATASET_FORMAT(ErrorKind.INVALID_INPUT),
    DATASET_NOT_UTF8(ErrorKind.INVALID_INPUT),
    DATASET_ROW_TOO_LONG(ErrorKind.INVALID_INPUT),
    DATASET_MISSING_COLUMN(ErrorKind.INVALID_INPUT),
    DATASET_INVALID_ROW(ErrorKind.INVALID_INPUT),
    DATASET_ONE_LABEL(ErrorKind.INVALID_INPUT),
    DATASET_UNKNOWN_LABEL(ErrorKind.INVALID_INPUT),
    BASE_NOT_FOUND(ErrorKind.INVALID_INPUT),
    BASE_CONFIG(ErrorKind.INVALID_INPUT),
    BASE_UNSUPPORTED_ARCHITECTURE(ErrorKind.INVALID_INPUT),
    BASE_MISSING_TENSOR(ErrorKind.INVALID_INPUT),
    SAFETENSORS_FORMAT(ErrorKind.INVALID_INPUT),
    ONNX_FORMAT(ErrorKind.INVALID_INPUT),
    TOKENIZER_FORMAT(ErrorKind.INVALID_INPUT),
    CHECKSUM_MISMATCH(ErrorKind.INVALID_INPUT),
    ADAPTER_FORMAT(ErrorKind.INVALID_INPUT),
    ADAPTER_MISMATCH(ErrorKind.INVALID_INPUT),
    MODEL_NOT_FOUND(ErrorKind.NOT_FOUND),
    OUTPUT_EXISTS(ErrorKind.INVALID_INPUT),
    OUTPUT_NOT_WRITABLE(ErrorKind.INVALID_INPUT),
    LOSS_NOT_FINITE(ErrorKind.INVALID_INPUT),
    DISK_FULL(ErrorKind.UNAVAILABLE),
    DOWNLOAD_FAILED(ErrorKind.UNAVAILABLE),
    RUNTIME_UNAVAILABLE(ErrorKind.UNAVAILABLE),
    OUT_OF_MEMORY(ErrorKind.UNAVAILABLE),
    INTERNAL(ErrorKind.INTERNAL);

    private final ErrorKind kind;

    ErrorCode(ErrorKind kind) {
        this.kind = kind;
    }

    /** Who has to act. */
    public ErrorKind kind() {
        return kind;
    }
}
