package dev.ortune.bench.serve.load;

import java.util.List;
import java.util.Map;

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
}
