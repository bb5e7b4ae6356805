package dev.ortune.bench.serve;

import dev.ortune.bench.race.RaceBase;
import dev.ortune.bench.serve.load.LoadPlan;
import dev.ortune.bench.serve.load.ServerProcess;
import dev.ortune.console.Console;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InternalException;
import dev.ortune.error.InvalidInputException;
import dev.ortune.tokenizer.TextTokenizer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What every scenario works with.
 *
 * @param console results and progress
 * @param options of the command line
 * @param base that all sides load
 * @param folder for adapters and logs; removed at the end
 * @param commands how the sides are started
 */
record Workshop(
        Console console, ServeOptions options, RaceBase base, Path folder, SideCommands commands) {

    /** The service's folder of published adapters. */
    private static final String REPOSITORY = "ORTUNE_REPOSITORY";

    /** Starts a side over a folder of adapters. */
    ServerProcess start(Side side, List<Path> adapters, Map<String, String> settings) {
        console.notice("Starting " + side.label() + " with " + adapters.size() + " adapter(s)");
        String name = side.name() + "-" + System.nanoTime();
        Map<String, String> all = new HashMap<>(settings);
        // What is published goes when the benchmark ends; the user's own repository stays
        // untouched.
        all.put(REPOSITORY, folder.resolve(name + "-repository").toString());
        return ServerProcess.start(
                commands.command(side, adapters, all), folder.resolve(name + ".log"));
    }

    /** New adapters in a folder of their own. */
    List<Path> adapters(String name, int count) {
        console.notice("Writing " + count + " adapter(s)");
        return new RandomAdapters(base).write(folder.resolve(name), count);
    }

    TextSet texts(TextKind kind) {
        try (TextTokenizer tokenizer = TextTokenizer.of(base.prepared().tokenizerFile())) {
            return TextSet.of(kind, tokenizer);
        }
    }

    LoadPlan plan(int clients) {
        return new LoadPlan(
                clients, options.warmUp(), options.window(), options.answersPerClient(), 0);
    }

    /** Waits for a thread's end. */
    static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InternalException("The benchmark was interrupted.", e);
        }
    }

    /**
     * Refuses a machine without {@code /proc}.
     *
     * @throws InvalidInputException {@code INVALID_OPTION}
     */
    static void requireLinux(boolean present) {
        if (!present) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "This machine does not tell what memory a process holds.",
                    "Run this scenario on Linux.");
        }
    }
}
