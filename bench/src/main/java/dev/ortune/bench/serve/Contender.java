package dev.ortune.bench.serve;

import dev.ortune.bench.serve.load.HttpClient;
import dev.ortune.bench.serve.load.LoadClient;
import dev.ortune.bench.serve.load.ServerProcess;
import dev.ortune.bench.serve.load.TextRequest;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * One of the sides that alternate.
 *
 * @param name for people
 * @param newClient makes a client
 * @param clients how many of them ask
 * @param server that works only while this side is measured; empty in this process
 */
record Contender(
        String name, Supplier<LoadClient> newClient, int clients, Optional<ServerProcess> server) {

    /** A server over HTTP. */
    static Contender http(
            String name, ServerProcess server, LongFunction<TextRequest> requests, int clients) {
        return new Contender(
                name, () -> new HttpClient(server.port(), requests), clients, Optional.of(server));
    }
}
