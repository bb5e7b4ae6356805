package dev.ortune.bench.jobs;

import dev.ortune.bench.serve.load.ServerCommand;
import dev.ortune.bench.serve.load.ServerProcess;
import java.nio.file.Path;

/**
 * The packaged service with a home of its own, which outlives its processes: they are killed and started
 * again on the same ports. For one thread, but for {@link #client}.
 */
final class JobService implements AutoCloseable {

    private final ServerCommand command;
    private final Path log;
    private final JobsClient client;
    private ServerProcess process;

    private JobService(ServerCommand command, Path log, ServerProcess process) {
        this.command = command;
        this.log = log;
        this.client = new JobsClient(command.port());
        this.process = process;
    }

    /** Starts it and waits until it is ready. */
    static JobService start(ServerCommand command, Path log) {
        return new JobService(command, log, ServerProcess.start(command, log));
    }

    /** Asks it. Thread-safe. */
    JobsClient client() {
        return client;
    }

    /** The one that runs, or ran last. */
    ServerProcess process() {
        return process;
    }

    /** Starts it after its process has ended, and does not wait for it. */
    void launchAgain() {
        process = ServerProcess.launch(command, log);
    }

    @Override
    public void close() {
        process.close();
    }
}
