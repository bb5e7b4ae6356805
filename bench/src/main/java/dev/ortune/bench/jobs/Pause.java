package dev.ortune.bench.jobs;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InternalException;
import dev.ortune.error.UnavailableException;
import java.io.IOException;
import java.time.Duration;

/** Waiting, and asking again. */
final class Pause {

    private static final Duration BETWEEN = Duration.ofMillis(200);

    private Pause() {}

    /** Something that a service may not be there for. */
    @FunctionalInterface
    interface Attempt<T> {
        T run() throws IOException;
    }

    /** Something that becomes true. */
    @FunctionalInterface
    interface Question {
        boolean holds() throws IOException;
    }

    /** Does nothing for a while. */
    static void of(Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InternalException("The benchmark was interrupted.", e);
        }
    }

    /**
     * Asks until there is an answer.
     *
     * @throws UnavailableException {@code RUNTIME_UNAVAILABLE} when there is none for too long
     */
    static <T> T untilAnswered(Duration patience, Attempt<T> attempt) {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            try {
                return attempt.run();
            } catch (IOException e) {
                if (System.nanoTime() > end) {
                    throw tooLong("The service does not answer: " + e.getMessage() + ".");
                }
                of(BETWEEN);
            }
        }
    }

    /**
     * Asks until something is true; no answer is as good as no.
     *
     * @param what is waited for, as in {@code the end of the job}
     * @throws UnavailableException {@code RUNTIME_UNAVAILABLE} when it takes too long
     */
    static void until(String what, Duration patience, Question question) {
        until(what, patience, BETWEEN, question);
    }

    /**
     * Asks until something is true; no answer is as good as no.
     *
     * @param what is waited for, as in {@code the end of the job}
     * @param between two questions
     * @throws UnavailableException {@code RUNTIME_UNAVAILABLE} when it takes too long
     */
    static void until(String what, Duration patience, Duration between, Question question) {
        long end = System.nanoTime() + patience.toNanos();
        while (!holds(question)) {
            if (System.nanoTime() > end) {
                throw tooLong("The benchmark has waited for " + what + " in vain.");
            }
            of(between);
        }
    }

    private static boolean holds(Question question) {
        try {
            return question.holds();
        } catch (IOException e) {
            return false;
        }
    }

    private static UnavailableException tooLong(String message) {
        return new UnavailableException(
                ErrorCode.RUNTIME_UNAVAILABLE,
                message,
                "Run again with --folder DIR and look at the service's log there.");
    }
}
