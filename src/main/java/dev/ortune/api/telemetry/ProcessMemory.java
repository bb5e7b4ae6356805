package dev.ortune.api.telemetry;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The process's memory, native memory included. */
final class ProcessMemory {

    private static final String RESIDENT = "VmRSS:";
    private static final int BYTES_PER_KIB = 1024;

    private final Path status;

    /**
     * @param status the process's file as Linux has it, {@code /proc/self/status}
     */
    ProcessMemory(Path status) {
        this.status = status;
    }

    /** What of it is in the machine's memory, in bytes; not a number where the system does not tell. */
    double residentBytes() {
        try (Stream<String> lines = Files.lines(status)) {
            return lines.filter(line -> line.startsWith(RESIDENT))
                    .mapToDouble(ProcessMemory::bytes)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN;
        }
    }

    /** How much there is, in bytes: the container's where Java runs in one, else the machine's. */
    double limitBytes() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                .getTotalMemorySize();
    }

    private static double bytes(String line) {
        String kibibytes = line.substring(RESIDENT.length()).replace("kB", "").strip();
        return Double.parseDouble(kibibytes) * BYTES_PER_KIB;
    }
}
