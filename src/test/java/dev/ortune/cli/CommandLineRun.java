package dev.ortune.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ortune.console.CommandRunner;
import dev.ortune.console.Console;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a command of the whole command line wrote, how it ended, and what it asked to be served. */
record CommandLineRun(int exitCode, String out, String err, List<Served> served) {

    /** A call of the launcher. */
    record Served(Map<String, String> settings, List<String> announcement) {}

    /** Runs in this process, off a terminal, without a hub, with a folder as {@code ORTUNE_HOME}. */
    static CommandLineRun of(Path home, String... arguments) {
        return of(home, Map.of(), arguments);
    }

    /** As {@link #of(Path, String...)}, with further variables in the environment. */
    static CommandLineRun of(Path home, Map<String, String> variables, String... arguments) {
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
        Map<String, String> environment = new HashMap<>(variables);
        environment.put("ORTUNE_HOME", home.resolve("ortune").toString());
        environment.put("HF_HOME", home.resolve("huggingface").toString());
        environment.put("HF_HUB_OFFLINE", "1");
        List<Served> served = new ArrayList<>();
        ServiceLauncher launcher =
                (settings, announcement) -> {
                    served.add(new Served(settings, announcement));
                    return 0;
                };
        int exitCode =
                new CommandRunner(console)
                        .run(
                                OrtuneCommand.line(new Workshop(console, environment), launcher),
                                arguments);
        return new CommandLineRun(
                exitCode,
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8),
                served);
    }

    /** Standard output as one JSON object. */
    JsonNode json() {
        return parse(out);
    }

    /** Standard output as a JSON object per line. */
    List<JsonNode> jsonLines() {
        return out.lines().map(CommandLineRun::parse).toList();
    }

    private static JsonNode parse(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
