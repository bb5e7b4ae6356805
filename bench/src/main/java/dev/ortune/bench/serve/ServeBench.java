package dev.ortune.bench.serve;

import dev.ortune.bench.race.RaceBase;
import dev.ortune.bench.serve.load.ServiceCommands;
import dev.ortune.bench.tool.BenchRun;
import dev.ortune.bench.tool.MachineFacts;
import dev.ortune.bench.tool.TemporaryFolder;
import dev.ortune.console.Console;
import dev.ortune.console.OutputOptions;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures the service. */
@Command(
        name = "bench/serve",
        sortOptions = false,
        description = "Measures the service against Python services, and against itself.")
public final class ServeBench implements Callable<Integer> {

    private static final String PYTHON_VARIABLE = "ORTUNE_BENCH_PYTHON";
    private static final String JAVA_OPTIONS_VARIABLE = "ORTUNE_JAVA_OPTIONS";

    private final Console console;
    private final Map<String, String> environment;

    @Option(
            names = "--scenario",
            description = "compare, in-process, many-adapters, memory or soak (compare).")
    private ScenarioName scenario = ScenarioName.COMPARE;

    @Mixin private ServeOptions options;

    @Option(names = "--base", description = "The base (a DistilBERT of random weights).")
    private Optional<String> base = Optional.empty();

    @Option(
            names = "--python",
            description =
                    "A Python that has what bench/README.md lists ("
                            + PYTHON_VARIABLE
                            + ", else python3).")
    private Optional<String> python = Optional.empty();

    @Option(names = "--python-services", required = true, hidden = true)
    private Path pythonServices;

    @Option(names = "--service-jar", required = true, hidden = true)
    private Path serviceJar;

    @Mixin private OutputOptions output;

    private ServeBench(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    /** Exits with 0, with 1 when a demand is not met, or as the commands do. */
    public static void main(String[] arguments) {
        new BenchRun(ServeBench::new).words(ScenarioName.class).words(Side.class).main(arguments);
    }

    @Override
    public Integer call() {
        RaceBase found = RaceBase.find(base, environment);
        ServeReport report = new ServeReport(facts());
        try (TemporaryFolder folder = new TemporaryFolder()) {
            scenario.scenario()
                    .run(
                            new Workshop(console, options, found, folder.path(), commands(found)),
                            report);
        }
        console.out().println(console.json() ? JsonReport.of(report) : MarkdownReport.of(report));
        return report.holds() ? 0 : 1;
    }

    private Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>(MachineFacts.read());
        facts.put("scenario", scenario.name());
        facts.put("threads", Integer.toString(options.threads()));
        facts.put("rounds", Integer.toString(options.rounds()));
        facts.put("PyTorch service's batch", Integer.toString(options.peftBatch()));
        facts.put("Python ONNX service's batch", Integer.toString(options.onnxBatch()));
        return facts;
    }

    private SideCommands commands(RaceBase found) {
        return new SideCommands(
                new ServiceCommands(
                        serviceJar,
                        Stream.of(environment.getOrDefault(JAVA_OPTIONS_VARIABLE, "").split("\\s+"))
                                .filter(word -> !word.isEmpty())
                                .toList(),
                        options.serviceSettings()),
                python.orElseGet(() -> environment.getOrDefault(PYTHON_VARIABLE, "python3")),
                pythonServices,
                found.model().directory(),
                options.threads(),
                options.peftBatch(),
                options.onnxBatch());
    }
}
