package dev.ortune.bench.jobs;

import dev.ortune.bench.serve.load.ServiceCommands;
import dev.ortune.bench.tool.BenchRun;
import dev.ortune.bench.tool.MachineFacts;
import dev.ortune.bench.tool.TemporaryFolder;
import dev.ortune.console.Console;
import dev.ortune.console.OutputOptions;
import dev.ortune.io.AtomicFiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures and drills fine-tuning jobs. */
@Command(
        name = "bench/jobs",
        sortOptions = false,
        description = "Measures and drills fine-tuning jobs of the service.")
public final class JobsBench implements Callable<Integer> {

    private static final String JAVA_OPTIONS_VARIABLE = "ORTUNE_JAVA_OPTIONS";

    private final Console console;
    private final Map<String, String> environment;

    @Option(
            names = "--scenario",
            required = true,
            description = "kills, queue, listeners, disk, database or workers.")
    private JobScenarioName scenario;

    @Mixin private JobsOptions options;

    @Option(
            names = "--folder",
            paramLabel = "DIR",
            description = "For homes, databases and logs, and they stay (a temporary one).")
    private Optional<Path> folder = Optional.empty();

    @Option(names = "--service-jar", required = true, hidden = true)
    private Path serviceJar;

    @Option(names = "--tiny-base", required = true, hidden = true)
    private Path tinyBase;

    @Mixin private OutputOptions output;

    private JobsBench(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    /** Exits with 0, with 1 when a demand is not met, or as the commands do. */
    public static void main(String[] arguments) {
        new BenchRun(JobsBench::new).words(JobScenarioName.class).main(arguments);
    }

    @Override
    public Integer call() {
        Map<String, String> facts = new LinkedHashMap<>(MachineFacts.read());
        facts.put("scenario", scenario.name());
        facts.put("load before", load());
        JobsReport report = new JobsReport(facts);
        try (TemporaryFolder temporary = new TemporaryFolder()) {
            Path place = folder.map(JobsBench::made).orElse(temporary.path());
            scenario.scenario()
                    .run(new JobsWorkshop(console, options, place, commands(), tinyBase), report);
        }
        console.out().println(console.json() ? report.json() : report.markdown());
        return report.holds() ? 0 : 1;
    }

    private static Path made(Path folder) {
        try {
            return Files.createDirectories(folder.toAbsolutePath());
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(folder, e);
        }
    }

    /** What the others on the machine do: processes that want a processor, over the last minute. */
    private static String load() {
        return String.format(
                Locale.ROOT,
                "%.1f",
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private ServiceCommands commands() {
        return new ServiceCommands(
                serviceJar,
                Stream.of(environment.getOrDefault(JAVA_OPTIONS_VARIABLE, "").split("\\s+"))
                        .filter(word -> !word.isEmpty())
                        .toList(),
                options.serviceSettings());
    }
}
