package dev.ortune.tuning;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.UnavailableException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A training in a process of its own. It ends by itself when this process does, since its standard
 * input is a pipe from here.
 *
 * <p>For one thread; another one reads what the process says.
 */
final class TrainingProcess implements AutoCloseable {

    /** The last word: the process says nothing more. */
    private static final Optional<TrainingNews> SILENCE = Optional.empty();

    /** Readers wait for it rather than the process for them: a pipe holds little. */
    private static final int MOST_NEWS = 10_000;

    private final Process process;
    private final BlockingQueue<Optional<TrainingNews>> news = new LinkedBlockingQueue<>(MOST_NEWS);
    private boolean silent;

    private TrainingProcess(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "ortune-jobs-news");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts a training. */
    static TrainingProcess start(TrainingProgram program, List<String> arguments, Path log) {
        try {
            return new TrainingProcess(program.start(arguments, log));
        } catch (IOException e) {
            throw new UnavailableException(
                    ErrorCode.RUNTIME_UNAVAILABLE,
                    "The training process could not be started.",
                    "Look at the service's log; the machine may be out of processes or memory.",
                    e);
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Optional<TrainingNews> parsed = TrainingNews.parse(line);
                if (parsed.isPresent()) {
                    news.put(parsed);
                }
            }
        } catch (IOException e) {
            // The process is gone.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lastWord();
    }

    private void lastWord() {
        try {
            news.put(SILENCE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What it said next; empty when it said nothing for a while, or nothing will come. */
    Optional<TrainingNews> next(Duration patience) throws InterruptedException {
        if (silent) {
            return Optional.empty();
        }
        Optional<TrainingNews> next = news.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (next == null) {
            return Optional.empty();
        }
        silent = next.isEmpty();
        return next;
    }

    /** Whether it has said its last word. */
    boolean isSilent() {
        return silent;
    }

    /** Asks it to save and end. */
    void stop() {
        process.destroy();
    }

    /** Ends it now. */
    void kill() {
        process.destroyForcibly();
    }

    /** The number that it goes by. */
    long pid() {
        return process.pid();
    }

    /** How it ended. */
    int exitCode() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroyForcibly();
        }
    }
}
