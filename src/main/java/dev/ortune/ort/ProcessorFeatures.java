package dev.ortune.ort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What the processor can do, as far as sessions depend on it.
 *
 * @param architecture Java's name for it
 * @param flags Linux's names of its extensions; empty where another system does not tell
 */
record ProcessorFeatures(String architecture, Set<String> flags) {

    private static final Path LINUX_DESCRIPTION = Path.of("/proc/cpuinfo");
    private static final Set<String> X86 = Set.of("amd64", "x86_64", "x86", "i386", "i686");
    private static final Set<String> INTEGER_DOT_PRODUCTS = Set.of("avx512_vnni", "avx_vnni");

    ProcessorFeatures {
        flags = Set.copyOf(flags);
    }

    /** This machine's. */
    static ProcessorFeatures read() {
        String architecture = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        try {
            return of(
                    architecture, Files.readString(LINUX_DESCRIPTION, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            // Another system than Linux.
            return new ProcessorFeatures(architecture, Set.of());
        }
    }

    /** By the text of Linux's {@code /proc/cpuinfo}. */
    static ProcessorFeatures of(String architecture, String description) {
        Set<String> flags =
                description
                        .lines()
                        .filter(line -> line.startsWith("flags"))
                        .findFirst()
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .map(list -> Set.copyOf(List.of(list.split("\\s+"))))
                        .orElse(Set.of());
        return new ProcessorFeatures(architecture, flags);
    }

    /**
     * Whether ONNX Runtime's fastest product of unsigned by signed bytes may be wrong here: without
     * dot products of integers, x86 sums pairs in 16 bits and cuts them off at the limit.
     */
    boolean mayCutOffByteProducts() {
        return X86.contains(architecture)
                && INTEGER_DOT_PRODUCTS.stream().noneMatch(flags::contains);
    }
}
