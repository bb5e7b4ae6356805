package dev.ortune.bench.tool;

import dev.ortune.console.CommandRunner;
import dev.ortune.console.Console;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import picocli.CommandLine;

/** A benchmark as a program of its own: its command line, and the end of its process. */
public final class BenchRun {

    private final BiFunction<Console, Map<String, String>, ?> bench;
    private final List<Consumer<CommandLine>> words = new ArrayList<>();

    /**
     * A run.
     *
     * @param bench makes picocli's command of a console and the environment
     */
    public BenchRun(BiFunction<Console, Map<String, String>, ?> bench) {
        this.bench = bench;
    }

    /** Reads an option's constants as people write them: {@code many-adapters} for one. */
    public <W extends Enum<W>> BenchRun words(Class<W> type) {
        words.add(
                line ->
                        line.registerConverter(
                                type,
                                word ->
                                        Enum.valueOf(
                                                type,
                                                word.toUpperCase(Locale.ROOT).replace('-', '_'))));
        return this;
    }

    /** Exits with the benchmark's own code, or as the commands do. */
    public void main(String... arguments) {
        Map<String, String> environment = System.getenv();
        Console console = Console.system(List.of(arguments), environment);
        System.exit(run(console, environment, arguments));
    }

    int run(Console console, Map<String, String> environment, String... arguments) {
        CommandLine line =
                new CommandLine(bench.apply(console, environment))
                        .setCaseInsensitiveEnumValuesAllowed(true);
        words.forEach(type -> type.accept(line));
        return new CommandRunner(console).run(line, arguments);
    }
}
