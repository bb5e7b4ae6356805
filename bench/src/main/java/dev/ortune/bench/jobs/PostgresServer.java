package dev.ortune.bench.jobs;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.UnavailableException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL of this process, as durable as one in use: zonky's own settings would not sync. */
final class PostgresServer implements AutoCloseable {

    private static final String PID_FILE = "postmaster.pid";

    private final Path data;
    private EmbeddedPostgres server;
    private final int port;

    private PostgresServer(Path data, EmbeddedPostgres server) {
        this.data = data;
        this.server = server;
        this.port = server.getPort();
    }

    /**
     * Starts a server over a new folder.
     *
     * @throws UnavailableException {@code RUNTIME_UNAVAILABLE} when it does not start
     */
    static PostgresServer start(Path data) {
        return new PostgresServer(data, launch(builder(data)));
    }

    /** As JDBC has it. */
    String url() {
        return "jdbc:postgresql://localhost:" + port + "/postgres";
    }

    /** Who may do everything. */
    static String user() {
        return "postgres";
    }

    /** Takes the processors from it: whoever asks it waits. */
    void pause() {
        signal("-STOP");
    }

    /** Lets it go on. */
    void resume() {
        signal("-CONT");
    }

    private void signal(String name) {
        for (long process : processes()) {
            // One that has just ended needs no signal.
            Command.run("kill", name, Long.toString(process));
        }
    }

    /** The server and all that it has started. */
    private List<Long> processes() {
        try {
            long first = Long.parseLong(Files.readAllLines(data.resolve(PID_FILE)).get(0).trim());
            return Stream.concat(
                            Stream.of(first),
                            ProcessHandle.of(first).stream()
                                    .flatMap(ProcessHandle::descendants)
                                    .map(ProcessHandle::pid))
                    .toList();
        } catch (IOException e) {
            throw failed("PostgreSQL's process is not known", e);
        }
    }

    /** Ends it; its data stay. */
    void stop() {
        try {
            server.close();
        } catch (IOException e) {
            throw failed("PostgreSQL does not stop", e);
        }
    }

    /** Starts it again, over the same data and on the same port. */
    void startAgain() {
        server = launch(builder(data).setPort(port));
    }

    @Override
    public void close() {
        stop();
    }

    private static EmbeddedPostgres.Builder builder(Path data) {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                // It would delete it whenever it stops.
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on");
    }

    private static EmbeddedPostgres launch(EmbeddedPostgres.Builder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw failed("PostgreSQL does not start", e);
        }
    }

    private static UnavailableException failed(String what, IOException cause) {
        return new UnavailableException(
                ErrorCode.RUNTIME_UNAVAILABLE,
                what + ": " + cause.getMessage() + ".",
                "Look whether the tests on PostgreSQL run here.",
                cause);
    }
}
