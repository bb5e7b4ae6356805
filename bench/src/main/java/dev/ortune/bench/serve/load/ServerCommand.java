package dev.ortune.bench.serve.load;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a server is started.
 *
 * @param name the side, for people
 * @param arguments the command line
 * @param environment added to this process's own
 * @param port where it will listen
 * @param healthPath answers 200 once the server is ready
 * @param startRemedy what to try when it does not start
 */
public record ServerCommand(
        String name,
        List<String> arguments,
        Map<String, String> environment,
        int port,
        String healthPath,
        String startRemedy) {

    public ServerCommand {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** The same, started by another program that takes a command, such as {@code nice}. */
    public ServerCommand by(List<String> program) {
        return new ServerCommand(
                name,
                Stream.concat(program.stream(), arguments.stream()).toList(),
                environment,
                port,
                healthPath,
                startRemedy);
    }
}
