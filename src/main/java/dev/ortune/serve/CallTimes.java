package dev.ortune.serve;

import java.time.Duration;

/**
 * When what happened to a call, by {@link System#nanoTime}.
 *
 * @param arrived it came to the service
 * @param tokenized its texts were tokens
 * @param started the run of its last text began
 * @param computed that run was over
 */
record CallTimes(long arrived, long tokenized, long started, long computed) {

    CallTimes with(long newStarted, long newComputed) {
        return new CallTimes(arrived, tokenized, newStarted, newComputed);
    }

    Timings timings(int characters, int tokens) {
        return new Timings(
                characters,
                tokens,
                Duration.ofNanos(System.nanoTime() - arrived),
                Duration.ofNanos(tokenized - arrived),
                Duration.ofNanos(Math.max(0, started - tokenized)),
                Duration.ofNanos(computed - started));
    }
}
