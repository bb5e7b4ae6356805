package dev.ortune.export.cli;

import dev.ortune.console.CommandRunner;
import dev.ortune.console.Console;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;

/** The {@code export} command alone, without the service: for builds. */
public final class Main {

    private Main() {}

    /** Exits with 0, 2 for bad input, 1 for any other failure. */
    public static void main(String[] arguments) {
        Map<String, String> environment = System.getenv();
        Console console = Console.system(List.of(arguments), environment);
        ExportCommand command = new ExportCommand(console, environment);
        System.exit(new CommandRunner(console).run(new CommandLine(command), arguments));
    }
}
