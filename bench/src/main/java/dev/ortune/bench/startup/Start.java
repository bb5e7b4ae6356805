package dev.ortune.bench.startup;

import dev.ortune.bench.serve.load.HttpAnswer;
import dev.ortune.bench.serve.load.HttpRequest;
import dev.ortune.bench.serve.load.ProcessMemory;
import dev.ortune.bench.serve.load.ServerCommand;
import dev.ortune.bench.serve.load.ServerProcess;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InternalException;
import dev.ortune.error.UnavailableException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * One start of the service, and its end.
 *
 * @param ready from the start of the process to the first 200 of its health endpoint
 * @param idleBytes resident some time later, without a request but for those
 */
record Start(Duration ready, long idleBytes) {

    private static final long LOOK_MILLIS = 2;
    private static final Duration LONGEST = Duration.ofMinutes(2);

    /**
     * Starts the service, lets it rest, and ends it.
     *
     * @param idle how long it rests
     * @param log where its output goes
     */
    static Start measure(ServerCommand command, Duration idle, Path log) {
        byte[] question = HttpRequest.of("GET", command.healthPath());
        long start = System.nanoTime();
        try (ServerProcess server = ServerProcess.launch(command, log)) {
            while (!isReady(server, question)) {
                if (!server.isAlive() || System.nanoTime() - start > LONGEST.toNanos()) {
                    throw new UnavailableException(
                            ErrorCode.RUNTIME_UNAVAILABLE,
                            command.name() + " did not start; its output is in " + log + ".",
                            command.startRemedy());
                }
                rest(LOOK_MILLIS);
            }
            Duration ready = Duration.ofNanos(System.nanoTime() - start);
            rest(idle.toMillis());
            long bytes =
                    ProcessMemory.residentBytes(server.pid())
                            .orElseThrow(
                                    () ->
                                            new UnavailableException(
                                                    ErrorCode.RUNTIME_UNAVAILABLE,
                                                    "Only Linux tells what another process holds.",
                                                    "Measure on Linux."));
            return new Start(ready, bytes);
        }
    }

    private static boolean isReady(ServerProcess server, byte[] question) {
        try {
            return server.send(question).status() == HttpAnswer.OK;
        } catch (IOException e) {
            // It does not listen yet.
            return false;
        }
    }

    private static void rest(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InternalException("The benchmark was interrupted.", e);
        }
    }
}
