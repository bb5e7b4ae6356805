package dev.ortune.bench.serve;

import dev.ortune.bench.tool.Numbers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What is measured, and for how long. */
final class ServeOptions {

    private static final int QUICK_SECONDS = 3;

    @Option(
            names = "--quick",
            description = "Short and rough: 2 rounds of 3 s, 1 and 16 clients, few adapters.")
    private boolean quick;

    @Option(
            names = "--sides",
            split = ",",
            description =
                    "compare: which of ortune, ortune-int8, peft, peft-merged, onnx, onnx-plain, the first over"
                            + " the others (ortune,peft,onnx).")
    private List<Side> sides = List.of(Side.ORTUNE, Side.PEFT, Side.ONNX);

    @Option(names = "--texts", split = ",", description = "sst2, imdb or both (sst2,imdb).")
    private List<TextKind> kinds = List.of(TextKind.SST2, TextKind.IMDB);

    @Option(names = "--clients", split = ",", description = "At the same time (1,16,64).")
    private List<Integer> clients = List.of();

    @Option(names = "--rounds", description = "Of every side (7).")
    private Optional<Integer> rounds = Optional.empty();

    @Option(names = "--seconds", description = "That count of a round, at least (10).")
    private Optional<Integer> seconds = Optional.empty();

    @Option(
            names = "--answers",
            description = "Of a client that count in a round, at least (${DEFAULT-VALUE}).")
    private int answersPerClient = 3;

    @Option(names = "--warm-up", description = "Seconds of a round before them, at least (3).")
    private Optional<Integer> warmUpSeconds = Optional.empty();

    @Option(
            names = "--peft-batch",
            description = "The PyTorch service's batches, texts at most (${DEFAULT-VALUE}).")
    private int peftBatch = 16;

    @Option(
            names = "--onnx-batch",
            description = "The Python ONNX service's batches, texts at most (${DEFAULT-VALUE}).")
    private int onnxBatch = 16;

    @Option(
            names = "--in-process-batch",
            description = "in-process: texts per batch (${DEFAULT-VALUE}).")
    private int inProcessBatch = 32;

    @Option(names = "--adapters", description = "many-adapters, soak: some (32).")
    private Optional<Integer> adapters = Optional.empty();

    @Option(names = "--registered", description = "many-adapters, memory: many (1000).")
    private Optional<Integer> registered = Optional.empty();

    @Option(
            names = "--memory-budget",
            description = "many-adapters, memory: for resident adapters (1G).")
    private Optional<String> memoryBudget = Optional.empty();

    @Option(names = "--soak-seconds", description = "soak: how long (600).")
    private Optional<Integer> soakSeconds = Optional.empty();

    @Option(
            names = "--service-setting",
            paramLabel = "NAME=VALUE",
            description = "An environment variable of the service; repeatable.")
    private Map<String, String> serviceSettings = new LinkedHashMap<>();

    @Option(names = "--threads", description = "That compute, on every side (one per processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    List<Side> sides() {
        return List.copyOf(sides);
    }

    List<TextKind> kinds() {
        return List.copyOf(kinds);
    }

    List<Integer> clients() {
        if (!clients.isEmpty()) {
            clients.forEach(count -> Numbers.atLeast("--clients", 1, count));
            return List.copyOf(clients);
        }
        return quick ? List.of(1, 16) : List.of(1, 16, 64);
    }

    int rounds() {
        return Numbers.atLeast("--rounds", 1, rounds.orElse(quick ? 2 : 7));
    }

    Duration window() {
        return Duration.ofSeconds(
                Numbers.atLeast("--seconds", 1, seconds.orElse(quick ? QUICK_SECONDS : 10)));
    }

    Duration warmUp() {
        return Duration.ofSeconds(
                Numbers.atLeast("--warm-up", 0, warmUpSeconds.orElse(quick ? 1 : 3)));
    }

    int answersPerClient() {
        return Numbers.atLeast("--answers", 1, answersPerClient);
    }

    int peftBatch() {
        return Numbers.atLeast("--peft-batch", 1, peftBatch);
    }

    int onnxBatch() {
        return Numbers.atLeast("--onnx-batch", 1, onnxBatch);
    }

    int inProcessBatch() {
        return Numbers.atLeast("--in-process-batch", 1, inProcessBatch);
    }

    int adapters() {
        return Numbers.atLeast("--adapters", 1, adapters.orElse(quick ? 4 : 32));
    }

    int registered() {
        return Numbers.atLeast("--registered", 2, registered.orElse(quick ? 12 : 1000));
    }

    String memoryBudget() {
        return memoryBudget.orElse(quick ? "16M" : "1G");
    }

    Duration soak() {
        return Duration.ofSeconds(
                Numbers.atLeast("--soak-seconds", 10, soakSeconds.orElse(quick ? 20 : 600)));
    }

    int threads() {
        return Numbers.atLeast("--threads", 1, threads);
    }

    Map<String, String> serviceSettings() {
        return Map.copyOf(serviceSettings);
    }
}
