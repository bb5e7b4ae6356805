package dev.ortune.serve;

import java.time.Duration;

/**
 * What a request cost.
 *
 * @param characters UTF-16 code units of its texts
 * @param tokens tokens that were computed for it
 * @param total from its arrival in the service to the answer
 * @param tokenization of that, until the texts were tokens
 * @param queue of that, until the computation of its last text began
 * @param inference of that, the computation of its last batch
 */
public record Timings(
        int characters,
        int tokens,
        Duration total,
        Duration tokenization,
        Duration queue,
        Duration inference) {}
