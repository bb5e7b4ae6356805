package dev.ortune.bench.startup;

import dev.ortune.bench.serve.load.ServerCommand;
import dev.ortune.bench.serve.load.ServiceCommands;
import dev.ortune.bench.tool.BenchRun;
import dev.ortune.bench.tool.Finding;
import dev.ortune.bench.tool.MachineFacts;
import dev.ortune.bench.tool.MarkdownTable;
import dev.ortune.bench.tool.TemporaryFolder;
import dev.ortune.console.Console;
import dev.ortune.console.OutputOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures how the service starts and what it holds while idle, as a jar and as an executable, in turns. */
@Command(
        name = "bench/startup",
        sortOptions = false,
        description = "Start and idle memory of the jar and the native executable, in turns.")
public final class StartupBench implements Callable<Integer> {

    private static final String JAVA_OPTIONS_VARIABLE = "ORTUNE_JAVA_OPTIONS";
    private static final double JAVA_READY_MILLISECONDS = 2000;
    private static final double READY_MILLISECONDS = 150;
    private static final double MEMORY_PERCENT = 60;

    private final Console console;
    private final Map<String, String> environment;

    @Option(names = "--rounds", paramLabel = "N", description = "Starts of either side (5).")
    private int rounds = 5;

    @Option(
            names = "--idle-seconds",
            paramLabel = "N",
            description = "How long a service rests before its memory is read (10).")
    private int idleSeconds = 10;

    @Option(
            names = "--with-model",
            description =
                    "Serves an adapter of a tiny base, which is warmed up before it is ready.")
    private boolean withModel;

    @Option(
            names = "--executable",
            required = true,
            paramLabel = "FILE",
            description = "The executable.")
    private Path executable;

    @Option(
            names = "--earlier",
            paramLabel = "FILE",
            description =
                    "An executable of an earlier build, to be started in turns with the rest.")
    private Optional<Path> earlier = Optional.empty();

    @Option(names = "--service-jar", required = true, hidden = true)
    private Path serviceJar;

    @Option(names = "--tiny-base", required = true, hidden = true)
    private Path tinyBase;

    @Option(names = "--tiny-model", required = true, hidden = true)
    private Path tinyModel;

    @Mixin private OutputOptions output;

    private StartupBench(Console console, Map<String, String> environment) {
        this.console = console;
        this.environment = environment;
    }

    /** Exits with 0, with 1 when a demand is not met, or as the commands do. */
    public static void main(String[] arguments) {
        new BenchRun(StartupBench::new).main(arguments);
    }

    @Override
    public Integer call() {
        Starts jar = new Starts("jar on the Java VM");
        Starts archived = new Starts("jar, its classes archived");
        Starts binary = new Starts("native executable");
        Starts before = new Starts("native executable of the earlier build");
        try (TemporaryFolder folder = new TemporaryFolder()) {
            Path home = folder.path().resolve("jar");
            Map<Starts, ServerCommand> sides = new LinkedHashMap<>();
            sides.put(jar, onJava(home));
            Starts quickestOnJava = jar;
            if (ClassArchive.isPossible()) {
                Path archive = folder.path().resolve("classes.aot");
                sides.put(archived, ClassArchive.record(onJava(home), archive, log(folder)));
                quickestOnJava = archived;
            }
            sides.put(binary, alone(executable, folder.path().resolve("native")));
            earlier.ifPresent(
                    file -> sides.put(before, alone(file, folder.path().resolve("earlier"))));
            // The first start of each makes the home, the database and the prepared base.
            for (int round = 0; round <= rounds; round++) {
                Duration idle = round == 0 ? Duration.ZERO : Duration.ofSeconds(idleSeconds);
                boolean counts = round > 0;
                sides.forEach(
                        (side, command) -> {
                            Start start = Start.measure(command, idle, log(folder));
                            if (counts) {
                                side.starts().add(start);
                            }
                        });
            }
            return report(List.copyOf(sides.keySet()), jar, quickestOnJava, binary, before);
        }
    }

    private static Path log(TemporaryFolder folder) {
        return folder.path().resolve("log.txt");
    }

    /** The quickest of those on Java is what people have who care. */
    private int report(
            List<Starts> sides, Starts jar, Starts quickestOnJava, Starts binary, Starts before) {
        Finding onJava =
                Finding.atMost(
                        "on Java, ready",
                        quickestOnJava.ready().median(),
                        "ms",
                        JAVA_READY_MILLISECONDS);
        Finding ready =
                Finding.atMost(
                        "native executable, ready",
                        binary.ready().median(),
                        "ms",
                        READY_MILLISECONDS);
        Finding memory =
                Finding.atMost(
                        "native executable's idle memory, of the jar's",
                        100 * binary.idle().median() / jar.idle().median(),
                        "%",
                        MEMORY_PERCENT);
        List<Finding> findings = List.of(onJava, ready, memory);
        StringBuilder out = new StringBuilder();
        Map<String, String> facts = new LinkedHashMap<>(MachineFacts.read());
        facts.put("served", withModel ? "an adapter of a tiny base" : "nothing yet");
        if (earlier.isPresent()) {
            facts.put("ready, of the earlier build", binary.readyPercentOf(before) + " %");
        }
        facts.forEach((name, value) -> out.append("- " + name + ": " + value + "\n"));
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("service", "ready, ms", "idle memory (RSS), MiB"));
        sides.forEach(side -> rows.add(side.row()));
        MarkdownTable.append(out, rows);
        MarkdownTable.append(out, MarkdownTable.rows(findings));
        console.out().println(out);
        return findings.stream().allMatch(Finding::holds) ? 0 : 1;
    }

    private ServerCommand onJava(Path home) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("ORTUNE_HOME", home.toString());
        settings.put("ORTUNE_BASE", tinyBase.toString());
        if (withModel) {
            settings.put("ORTUNE_MODELS_REVIEWS", tinyModel.toString());
        }
        List<String> javaOptions =
                Stream.of(environment.getOrDefault(JAVA_OPTIONS_VARIABLE, "").split("\\s+"))
                        .filter(word -> !word.isEmpty())
                        .toList();
        return new ServiceCommands(serviceJar, javaOptions, settings).bare("the jar");
    }

    /** The same, without Java. */
    private ServerCommand alone(Path file, Path home) {
        ServerCommand onJava = onJava(home);
        List<String> arguments = new ArrayList<>();
        arguments.add(file.toString());
        arguments.addAll(
                onJava.arguments()
                        .subList(onJava.arguments().indexOf("serve"), onJava.arguments().size()));
        return new ServerCommand(
                "the native executable",
                arguments,
                onJava.environment(),
                onJava.port(),
                onJava.healthPath(),
                onJava.startRemedy());
    }
}
