package dev.ortune.bench.scaling;

import dev.ortune.bench.tool.BenchRun;
import dev.ortune.bench.tool.MachineFacts;
import dev.ortune.console.Console;
import dev.ortune.console.OutputOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Simulates services of many tenants. */
@Command(
        name = "bench/scaling",
        sortOptions = false,
        description = "Simulates services of many tenants with what was measured on one machine.")
public final class ScalingBench implements Callable<Integer> {

    private final Console console;

    @Option(names = "--scenario", required = true, description = "cache, queue or index.")
    private ScalingScenarioName scenario;

    @Mixin private ScalingOptions options;

    @Mixin private OutputOptions output;

    private ScalingBench(Console console) {
        this.console = console;
    }

    /** Exits as the commands do. */
    public static void main(String[] arguments) {
        new BenchRun((console, environment) -> new ScalingBench(console))
                .words(ScalingScenarioName.class)
                .main(arguments);
    }

    @Override
    public Integer call() {
        Map<String, String> facts = new LinkedHashMap<>(MachineFacts.read());
        facts.put("scenario", scenario.name());
        ScalingReport report = new ScalingReport(facts);
        scenario.scenario().run(options, console::notice, report);
        console.out().println(console.json() ? report.json() : report.markdown());
        return 0;
    }
}
