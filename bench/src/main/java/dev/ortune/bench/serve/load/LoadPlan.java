package dev.ortune.bench.serve.load;

import java.time.Duration;

/**
 * How long a load lasts.
 *
 * @param clients at the same time, each waiting for its answer before it asks again
 * @param warmUp before the window, and at least until every client has an answer
 * @param window the least time that counts
 * @param answersPerClient the least answers that count, on average: slow sides get longer windows
 * @param firstSequence the first request's number
 */
public record LoadPlan(
        int clients, Duration warmUp, Duration window, int answersPerClient, long firstSequence) {}
