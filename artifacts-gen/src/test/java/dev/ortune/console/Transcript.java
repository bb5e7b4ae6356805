package dev.ortune.console;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;

/** What a command wrote, and how it ended. */
public record Transcript(int exitCode, String out, String err) {

    /** Makes the command under test, on a console. */
    @FunctionalInterface
    public interface CommandFactory {
        Object on(Console console);
    }

    /** Runs a command as its main method would, off a terminal. */
    public static Transcript of(CommandFactory factory, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> given = List.of(arguments);
        Console console =
                new Console(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        given.contains("--json"),
                        given.contains("--verbose"));
        int exitCode =
                new CommandRunner(console).run(new CommandLine(factory.on(console)), arguments);
        return new Transcript(
                exitCode,
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8));
    }
}
