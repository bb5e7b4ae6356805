package dev.ortune.bench.serve.load;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InternalException;
import dev.ortune.error.UnavailableException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server's process, which lives no longer than this. While another side is measured it is stopped
 * (SIGSTOP), so that not even a spinning thread of it takes processors.
 */
public final class ServerProcess implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(15);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long END_SECONDS = 20;
    private static final int SHOWN_LINES = 30;

    private final ServerCommand command;
    private final Process process;
    private final Path log;

    private ServerProcess(ServerCommand command, Process process, Path log) {
        this.command = command;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a server and waits until it is ready.
     *
     * @param log where its output goes
     * @throws UnavailableException {@code RUNTIME_UNAVAILABLE} when it does not start
     */
    public static ServerProcess start(ServerCommand command, Path log) {
        ServerProcess server = launch(command, log);
        try {
            server.awaitReady();
            return server;
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /**
     * Starts a server and does not wait for it.
     *
     * @param log where its output goes, after what is there
     * @throws UnavailableException {@code RUNTIME_UNAVAILABLE} when it cannot be started
     */
    public static ServerProcess launch(ServerCommand command, Path log) {
        ProcessBuilder builder =
                new ProcessBuilder(command.arguments())
                        .redirectErrorStream(true)
                        .redirectOutput(Redirect.appendTo(log.toFile()));
        builder.environment().putAll(command.environment());
        try {
            ServerProcess server = new ServerProcess(command, builder.start(), log);
            // An interrupted benchmark leaves nothing behind, least of all a stopped process.
            Runtime.getRuntime().addShutdownHook(new Thread(server.process::destroyForcibly));
            return server;
        } catch (IOException e) {
            throw new UnavailableException(
                    ErrorCode.RUNTIME_UNAVAILABLE,
                    command.name() + " cannot be started: " + e.getMessage() + ".",
                    command.startRemedy(),
                    e);
        }
    }

    /** The side's name. */
    public String name() {
        return command.name();
    }

    /** Where it listens. */
    public int port() {
        return command.port();
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Asks once, over a connection of its own. */
    public HttpAnswer send(byte[] request) throws IOException {
        try (KeepAliveConnection connection = KeepAliveConnection.open(port(), PATIENCE)) {
            return connection.send(request);
        }
    }

    /** What the health endpoint says. */
    public String health() {
        try {
            return send(HttpRequest.of("GET", command.healthPath())).text();
        } catch (IOException e) {
            throw ended();
        }
    }

    /** Whether it has not ended. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** The processes that it has started and that have not ended. */
    public List<ProcessHandle> children() {
        return process.children().toList();
    }

    /** Ends it at once, as a lack of memory or of power would. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Asks it to end, as an operator would, and waits until it has. */
    public void terminate() {
        process.destroy();
        awaitEnd();
    }

    private void awaitEnd() {
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InternalException("The benchmark was interrupted.", e);
        }
    }

    /** Takes the processors from it. */
    public void pause() {
        signal("-STOP");
    }

    /** Lets it go on. */
    public void resume() {
        signal("-CONT");
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            // A stopped process ends only when it goes on.
            resume();
        }
        process.destroy();
        try {
            if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Waits until it answers.
     *
     * @throws UnavailableException {@code RUNTIME_UNAVAILABLE} when it ends, or takes too long
     */
    public void awaitReady() {
        long start = System.nanoTime();
        while (System.nanoTime() - start < START.toNanos()) {
            if (!process.isAlive()) {
                throw ended();
            }
            try {
                if (send(HttpRequest.of("GET", command.healthPath())).status() == HttpAnswer.OK) {
                    return;
                }
            } catch (IOException e) {
                // It does not listen yet.
            }
            sleep();
        }
        throw ended();
    }

    private void signal(String name) {
        run(List.of("kill", name, Long.toString(pid())));
    }

    private static void run(List<String> arguments) {
        try {
            if (new ProcessBuilder(arguments).start().waitFor() != 0) {
                throw new InternalException(String.join(" ", arguments) + " failed.");
            }
        } catch (IOException e) {
            throw new InternalException(arguments.get(0) + " cannot be run.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InternalException("The benchmark was interrupted.", e);
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(LOOK.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InternalException("The benchmark was interrupted.", e);
        }
    }

    private UnavailableException ended() {
        return new UnavailableException(
                ErrorCode.RUNTIME_UNAVAILABLE,
                command.name() + " did not start, or ended. It last said:\n" + lastLines(),
                command.startRemedy());
    }

    private String lastLines() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join(
                    "\n", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
        } catch (IOException e) {
            return "(its output cannot be read)";
        }
    }
}
