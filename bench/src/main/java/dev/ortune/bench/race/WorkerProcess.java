package dev.ortune.bench.race;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InternalException;
import dev.ortune.error.UnavailableException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A worker's process, which lives no longer than this; its standard error is ours. */
final class WorkerProcess implements AutoCloseable {

    private static final long END_SECONDS = 5;

    private final String side;
    private final Process process;
    private final BufferedWriter requests;
    private final BufferedReader replies;

    private WorkerProcess(String side, Process process) {
        this.side = side;
        this.process = process;
        this.requests =
                new BufferedWriter(
                        new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.replies =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /**
     * Starts a process.
     *
     * @throws UnavailableException {@code RUNTIME_UNAVAILABLE} when there is no such program
     */
    static WorkerProcess launch(WorkerCommand command) {
        try {
            return new WorkerProcess(
                    command.side(),
                    new ProcessBuilder(command.arguments())
                            .redirectError(Redirect.INHERIT)
                            .start());
        } catch (IOException e) {
            throw new UnavailableException(
                    ErrorCode.RUNTIME_UNAVAILABLE,
                    "The "
                            + command.side()
                            + " worker cannot be started with "
                            + command.arguments().get(0)
                            + ".",
                    command.startRemedy(),
                    e);
        }
    }

    Reply.Started start(Request.Start request) {
        return ask(request, Reply.Started.class);
    }

    Reply.Stepped step(Request.Step request) {
        return ask(request, Reply.Stepped.class);
    }

    Reply.Finished finish() {
        return ask(new Request.Finish(), Reply.Finished.class);
    }

    /** Ends the process: by the end of its input, else by force. */
    @Override
    public void close() {
        try {
            requests.close();
        } catch (IOException ignored) {
            // The process has ended by itself.
        }
        try {
            if (!hasEnded()) {
                process.destroy();
            }
            if (!hasEnded()) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private boolean hasEnded() throws InterruptedException {
        return process.waitFor(END_SECONDS, TimeUnit.SECONDS);
    }

    private <R extends Reply> R ask(Request request, Class<R> expected) {
        Reply reply = ProtocolLine.reply(exchange(ProtocolLine.of(request)));
        if (expected.isInstance(reply)) {
            return expected.cast(reply);
        }
        if (reply instanceof Reply.Failed failed) {
            throw new UnavailableException(
                    ErrorCode.RUNTIME_UNAVAILABLE,
                    "The " + side + " worker failed: " + failed.message(),
                    failed.remedy());
        }
        throw new InternalException("The " + side + " worker gave another answer: " + reply + ".");
    }

    private String exchange(String request) {
        try {
            requests.write(request);
            requests.newLine();
            requests.flush();
            return Optional.ofNullable(replies.readLine()).orElseThrow(this::ended);
        } catch (IOException e) {
            throw ended();
        }
    }

    private UnavailableException ended() {
        return new UnavailableException(
                ErrorCode.RUNTIME_UNAVAILABLE,
                "The " + side + " worker ended in the middle of the race" + exitCode() + ".",
                "Read its messages above; with none of them it was ended from outside, mostly for"
                        + " want of memory: race smaller batches with --cases.");
    }

    private String exitCode() {
        try {
            return hasEnded() ? " with exit code " + process.exitValue() : "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
