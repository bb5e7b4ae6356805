package dev.ortune.tuning;

import com.sun.management.OperatingSystemMXBean;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.lang.management.ManagementFactory;

/**
 * What a worker may take of its machine.
 *
 * @param threads of each training
 * @param slots trainings at the same time
 * @param memoryBytes of all of them together
 */
record WorkerSize(int threads, int slots, long memoryBytes) {

    /**
     * As configured; by default half of the processors and half of the memory, so that serving has
     * the other half to itself.
     *
     * @throws InvalidInputException {@code INVALID_OPTION} for numbers below 1
     */
    static WorkerSize of(WorkerConfiguration configuration) {
        int processors = Runtime.getRuntime().availableProcessors();
        int threads = configuration.threads().orElse(Math.max(1, processors / 2));
        requirePositive(threads, "ortune.worker.threads");
        int slots = configuration.slots().orElse(Math.max(1, processors / 2 / threads));
        requirePositive(slots, "ortune.worker.slots");
        long memory =
                configuration
                        .memory()
                        .map(size -> size.asLongValue())
                        .orElseGet(() -> machineBytes() / 2);
        requirePositive(memory, "ortune.worker.memory");
        return new WorkerSize(threads, slots, memory);
    }

    /** Of the machine, or of the container that this runs in. */
    private static long machineBytes() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                .getTotalMemorySize();
    }

    private static void requirePositive(long value, String property) {
        if (value < 1) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    property + " is " + value + ".",
                    "Set it to 1 or more, or leave it unset.");
        }
    }
}
