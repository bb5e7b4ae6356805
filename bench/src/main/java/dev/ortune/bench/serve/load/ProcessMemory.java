package dev.ortune.bench.serve.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/** What another process holds in memory, as Linux tells it in {@code /proc/<pid>/status}. */
public final class ProcessMemory {

    private ProcessMemory() {}

    /** Bytes of VmRSS; empty where there is no such file. */
    public static OptionalLong residentBytes(long pid) {
        return field(pid, "VmRSS:");
    }

    /** Bytes of RssAnon: what is resident and backed by no file. */
    public static OptionalLong anonymousBytes(long pid) {
        return field(pid, "RssAnon:");
    }

    private static OptionalLong field(long pid, String name) {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.isReadable(status)) {
            return OptionalLong.empty();
        }
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith(name))
                    .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D+", "")))
                    .findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
