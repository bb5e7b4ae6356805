package dev.ortune.bench.scaling;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;

/** What is simulated. Defaults that were measured stand in docs/performance.md. */
final class ScalingOptions {

    private static final double MILLIS = 1000;

    @Option(
            names = "--tenants",
            split = ",",
            description = "With an adapter each (${DEFAULT-VALUE}).")
    private List<Integer> tenants = List.of(10, 1000, 100_000);

    @Option(
            names = "--adapter-bytes",
            description =
                    "cache: of an adapter, on disk and in memory: DistilBERT, r=4 on q_lin, and the"
                            + " head, 628994 values (${DEFAULT-VALUE}).")
    private long adapterBytes = 628_994L * Float.BYTES;

    @Option(
            names = "--texts-per-second",
            description = "cache: that a replica answers; measured (${DEFAULT-VALUE}).")
    private double textsPerSecond = 121;

    @Option(
            names = "--read-milliseconds",
            description = "cache: to read an adapter from the disk; measured (${DEFAULT-VALUE}).")
    private double readMilliseconds = 1.3;

    @Option(
            names = "--fetch-milliseconds",
            description =
                    "cache: to bring one from the object store; an assumption (${DEFAULT-VALUE}).")
    private double fetchMilliseconds = 100;

    @Option(
            names = "--jobs-per-month",
            description = "queue: of a tenant; an assumption (${DEFAULT-VALUE}).")
    private double jobsPerMonth = 4;

    @Option(
            names = "--hours-per-month",
            description = "queue: in which they come; an assumption (${DEFAULT-VALUE}).")
    private double hoursPerMonth = 176;

    @Option(
            names = "--seconds-per-epoch",
            description = "queue: of 1000 rows on 2 processors; measured (${DEFAULT-VALUE}).")
    private double secondsPerEpoch = 69;

    @Option(
            names = "--wait",
            description =
                    "queue: that 95 of 100 jobs of quiet tenants may take (${DEFAULT-VALUE}).")
    private Duration wait = Duration.ofMinutes(5);

    @Option(names = "--seed", description = "queue: of the jobs (${DEFAULT-VALUE}).")
    private long seed = 1;

    List<Integer> tenants() {
        tenants.forEach(number -> require("--tenants", number >= 1));
        return List.copyOf(tenants);
    }

    long adapterBytes() {
        require("--adapter-bytes", adapterBytes >= 1);
        return adapterBytes;
    }

    double textsPerSecond() {
        require("--texts-per-second", textsPerSecond > 0);
        return textsPerSecond;
    }

    ReadTimes readTimes() {
        return new ReadTimes(readMilliseconds, fetchMilliseconds);
    }

    /** Jobs of a tenant per second of the hours in which they come. */
    double jobsPerSecond() {
        require("--hours-per-month", hoursPerMonth > 0);
        return jobsPerMonth / Duration.ofHours(1).toSeconds() / hoursPerMonth;
    }

    /** Seconds that a row takes in an epoch. */
    double secondsPerRow() {
        return secondsPerEpoch / MILLIS;
    }

    double waitSeconds() {
        return wait.toMillis() / MILLIS;
    }

    long seed() {
        return seed;
    }

    private static void require(String option, boolean holds) {
        if (!holds) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION, option + " is too small.", "Choose another value.");
        }
    }
}
