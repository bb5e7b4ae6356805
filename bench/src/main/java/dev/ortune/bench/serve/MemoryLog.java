package dev.ortune.bench.serve;

import dev.ortune.bench.race.Quantiles;
import java.util.List;

/**
 * Resident memory over time.
 *
 * @param bytes a value for each second
 */
record MemoryLog(List<Long> bytes) {

    private static final int PARTS = 10;

    MemoryLog {
        bytes = List.copyOf(bytes);
        if (bytes.size() < PARTS) {
            throw new IllegalArgumentException("fewer than " + PARTS + " seconds");
        }
    }

    /**
     * How much more the last tenth holds than the second one, as a share of the second, both by their
     * medians: over ten minutes the growth after the first minute.
     */
    double growth() {
        double early = median(1);
        return (median(PARTS - 1) - early) / early;
    }

    double median(int tenth) {
        return Quantiles.of(
                        bytes
                                .subList(
                                        tenth * bytes.size() / PARTS,
                                        (tenth + 1) * bytes.size() / PARTS)
                                .stream()
                                .map(Long::doubleValue)
                                .toList())
                .median();
    }
}
