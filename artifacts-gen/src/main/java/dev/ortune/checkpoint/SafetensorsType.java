package dev.ortune.checkpoint;

import java.util.Arrays;
import java.util.Optional;

/** The element types that the safetensors format knows; only four of them are read as float32. */
enum SafetensorsType {
    F64(64, FloatEncoding.F64),
    F32(32, FloatEncoding.F32),
    F16(16, FloatEncoding.F16),
    BF16(16, FloatEncoding.BF16),
    F8_E5M2(8),
    F8_E4M3(8),
    F8_E8M0(8),
    F6_E2M3(6),
    F6_E3M2(6),
    F4(4),
    C64(64),
    I64(64),
    I32(32),
    I16(16),
    I8(8),
    U64(64),
    U32(32),
    U16(16),
    U8(8),
    BOOL(8);

    private final int bits;
    private final Optional<FloatEncoding> encoding;

    SafetensorsType(int bits) {
        this.bits = bits;
        this.encoding = Optional.empty();
    }

    SafetensorsType(int bits, FloatEncoding encoding) {
        this.bits = bits;
        this.encoding = Optional.of(encoding);
    }

    /** The type of a header's {@code dtype}. */
    static Optional<SafetensorsType> of(String dtype) {
        return Arrays.stream(values()).filter(type -> type.name().equals(dtype)).findFirst();
    }

    /** Bits per element. */
    int bits() {
        return bits;
    }

    /** How to decode it to float32; empty when it is refused. */
    Optional<FloatEncoding> encoding() {
        return encoding;
    }
}
