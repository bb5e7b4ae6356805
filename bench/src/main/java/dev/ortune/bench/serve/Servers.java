package dev.ortune.bench.serve;

import dev.ortune.bench.serve.load.ServerProcess;
import java.util.EnumMap;
import java.util.Map;

/** The running servers; all end together. */
final class Servers implements AutoCloseable {

    private final Map<Side, ServerProcess> servers = new EnumMap<>(Side.class);

    ServerProcess add(Side side, ServerProcess server) {
        servers.put(side, server);
        return server;
    }

    ServerProcess of(Side side) {
        return servers.get(side);
    }

    @Override
    public void close() {
        servers.values().forEach(ServerProcess::close);
    }
}
