package dev.ortune.bench.jobs;

import dev.ortune.bench.tool.Numbers;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** What is measured, and how much of it. */
final class JobsOptions {

    @Option(names = "--quick", description = "Short and rough, to see that all runs.")
    private boolean quick;

    @Option(names = "--rounds", description = "kills: processes that are killed (200).")
    private Optional<Integer> rounds = Optional.empty();

    @Option(names = "--seed", description = "kills: of when what is killed (${DEFAULT-VALUE}).")
    private long seed = 1;

    @Option(names = "--jobs", description = "kills: jobs in a batch (${DEFAULT-VALUE}).")
    private int jobs = 3;

    @Option(names = "--queued", description = "queue: jobs that wait (10000).")
    private Optional<Integer> queued = Optional.empty();

    @Option(names = "--tenants", description = "queue: whose they are (${DEFAULT-VALUE}).")
    private int tenants = 20;

    @Option(
            names = "--idle-tenants",
            description = "queue: others, who had jobs and have none now (${DEFAULT-VALUE}).")
    private int idleTenants;

    @Option(
            names = "--databases",
            split = ",",
            description = "queue: one after the other (${DEFAULT-VALUE}).")
    private List<String> databases = List.of("h2", "postgresql");

    @Option(names = "--lists", description = "queue: lists of each kind (300).")
    private Optional<Integer> lists = Optional.empty();

    @Option(names = "--claims", description = "queue: claims of each kind (2000).")
    private Optional<Integer> claims = Optional.empty();

    @Option(names = "--listeners", description = "listeners: at the same time (500).")
    private Optional<Integer> listeners = Optional.empty();

    @Option(
            names = "--pairs",
            description = "listeners: of jobs, with and without; workers: of batches (8).")
    private Optional<Integer> pairs = Optional.empty();

    @Option(names = "--rows", description = "listeners: that a job trains on (300).")
    private Optional<Integer> rows = Optional.empty();

    @Option(names = "--batch-jobs", description = "workers: jobs in a batch (10).")
    private Optional<Integer> batchJobs = Optional.empty();

    @Option(names = "--batch-rows", description = "workers: that a job trains on (60).")
    private Optional<Integer> batchRows = Optional.empty();

    @Option(
            names = "--service-setting",
            paramLabel = "NAME=VALUE",
            description = "An environment variable of the service; repeatable.")
    private Map<String, String> serviceSettings = new LinkedHashMap<>();

    int rounds() {
        return Numbers.atLeast("--rounds", 1, rounds.orElse(quick ? 4 : 200));
    }

    long seed() {
        return seed;
    }

    int jobs() {
        return Numbers.atLeast("--jobs", 1, jobs);
    }

    int queued() {
        return Numbers.atLeast("--queued", 1000, queued.orElse(quick ? 1000 : 10_000));
    }

    int tenants() {
        return Numbers.atLeast("--tenants", 1, tenants);
    }

    int idleTenants() {
        return Numbers.atLeast("--idle-tenants", 0, idleTenants);
    }

    /** Names of databases, in their order. */
    List<String> databases(Set<String> known) {
        if (!known.containsAll(databases)) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "--databases names one that is not there.",
                    "Choose among " + String.join(", ", new TreeSet<>(known)) + ".");
        }
        return List.copyOf(databases);
    }

    int lists() {
        return Numbers.atLeast("--lists", 10, lists.orElse(quick ? 20 : 300));
    }

    int claims() {
        return Numbers.atLeast("--claims", 10, claims.orElse(quick ? 100 : 2000));
    }

    int listeners() {
        return Numbers.atLeast("--listeners", 1, listeners.orElse(quick ? 20 : 500));
    }

    int listenerPairs() {
        return pairs(5);
    }

    int workerPairs() {
        return pairs(8);
    }

    private int pairs(int usual) {
        return Numbers.atLeast("--pairs", 1, pairs.orElse(quick ? 1 : usual));
    }

    int rows() {
        return Numbers.atLeast("--rows", 40, rows.orElse(quick ? 40 : 300));
    }

    int batchJobs() {
        return Numbers.atLeast("--batch-jobs", 2, batchJobs.orElse(quick ? 2 : 10));
    }

    int batchRows() {
        return Numbers.atLeast("--batch-rows", 40, batchRows.orElse(quick ? 40 : 60));
    }

    Map<String, String> serviceSettings() {
        return Map.copyOf(serviceSettings);
    }
}
