package dev.ortune.bench.jobs;

import dev.ortune.bench.serve.load.ServerCommand;
import dev.ortune.bench.serve.load.ServiceCommands;
import dev.ortune.console.Console;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * What every scenario works with.
 *
 * @param console results and progress
 * @param options of the command line
 * @param folder for homes, databases and logs; removed at the end
 * @param commands how the service is started
 * @param tinyBase a base so small that training it takes moments
 */
record JobsWorkshop(
        Console console,
        JobsOptions options,
        Path folder,
        ServiceCommands commands,
        Path tinyBase) {

    /**
     * Starts the service with a home of its own.
     *
     * @param base that jobs are trained on, a folder or a name
     * @param settings environment variables
     */
    JobService start(Path home, String base, Map<String, String> settings) {
        return start(home, base, settings, UnaryOperator.identity());
    }

    /**
     * As {@link #start(Path, String, Map)}, with another command.
     *
     * @param change of the command
     */
    JobService start(
            Path home,
            String base,
            Map<String, String> settings,
            UnaryOperator<ServerCommand> change) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("ORTUNE_HOME", home.toString());
        all.put("ORTUNE_BASES", base);
        return JobService.start(
                change.apply(
                        commands.command(
                                "the service", Runtime.getRuntime().availableProcessors(), all)),
                folder.resolve(home.getFileName() + ".log"));
    }

    /** A line of progress. */
    void notice(String line) {
        console.notice(line);
    }
}
