package dev.ortune.bench.race;

import dev.ortune.bench.TrainingWork;
import dev.ortune.bench.tool.BenchRun;
import dev.ortune.bench.tool.Numbers;
import dev.ortune.console.Console;
import dev.ortune.console.OutputOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Races Ortune's training steps against those of PyTorch with PEFT, case by case. */
@Command(
        name = "bench/train-vs-peft",
        sortOptions = false,
        description =
                "Alternates training steps of Ortune and of PyTorch + PEFT over the same batches.")
public final class TrainRace implements Callable<Integer> {

    private static final String PYTHON_VARIABLE = "ORTUNE_BENCH_PYTHON";

    private final Console console;
    private final Map<String, String> environment;

    @Option(names = "--base", description = "The base (a DistilBERT of random weights).")
    private Optional<String> base = Optional.empty();

    @Option(
            names = "--cases",
            split = ",",
            description =
                    "Which of imdb-4, imdb-4-grouped, imdb-16, imdb-16-grouped, imdb-32,"
                            + " imdb-32-grouped, all-512 and all-64 (all).")
    private List<String> cases = new ArrayList<>();

    @Option(names = "--dropout", description = "on, off or both (both).")
    private DropoutChoice dropout = DropoutChoice.BOTH;

    @Option(names = "--pairs", description = "Pairs of steps that count (${DEFAULT-VALUE}).")
    private int pairs = 15;

    @Option(names = "--warm-up", description = "Pairs before them (${DEFAULT-VALUE}).")
    private int warmUp = 3;

    @Option(names = "--threads", description = "Threads of each side (one per processor).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--device",
            description = "What trains on either side: cpu or cuda (${DEFAULT-VALUE}).")
    private RaceDevice device = RaceDevice.CPU;

    @Option(
            names = "--python",
            description =
                    "A Python that has torch, transformers and peft ("
                            + PYTHON_VARIABLE
                            + ", else python3).")
    private Optional<String> python = Optional.empty();

    @Option(names = "--python-worker", required = true, hidden = true)
    private Path pythonWorker;

    @Mixin private OutputOptions output;

    private TrainRace(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    /** Exits with 0, or as the commands do. */
    public static void main(String[] arguments) {
        new BenchRun(TrainRace::new).main(arguments);
    }

    @Override
    public Integer call() {
        Numbers.atLeast("--pairs", 1, pairs);
        Numbers.atLeast("--warm-up", 0, warmUp);
        Numbers.atLeast("--threads", 1, threads);
        List<RaceCase> chosen = RaceCase.named(cases);
        RaceBase racers = RaceBase.find(base, environment);
        BatchDraw draw = new BatchDraw(ReviewTexts.tokenized(racers.prepared()));
        RaceReport report =
                new RaceReport(console, new TrainingWork(racers.prepared().model().config()));
        try (InitialAdapter adapter =
                InitialAdapter.write(racers.model().name(), racers.prepared())) {
            Race race =
                    new Race(
                            WorkerCommand.ortune(racers.prepared().directory()),
                            WorkerCommand.pytorch(
                                    pythonProgram(), pythonWorker, racers.model().directory()),
                            adapter.folder(),
                            threads,
                            device.word(),
                            warmUp,
                            console::notice);
            report.begin();
            for (RaceCase raceCase : chosen) {
                List<RaceBatch> batches = draw.batches(raceCase, warmUp + pairs);
                for (boolean active : dropout.races()) {
                    report.add(race.run(raceCase, active, batches));
                }
            }
        }
        return 0;
    }

    private String pythonProgram() {
        return python.orElseGet(() -> environment.getOrDefault(PYTHON_VARIABLE, "python3"));
    }
}
