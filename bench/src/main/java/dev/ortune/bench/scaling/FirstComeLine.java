package dev.ortune.bench.scaling;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;

/** First come, first served: what the service does not do. */
final class FirstComeLine implements JobLine {

    private final Queue<WaitingJob> waiting = new ArrayDeque<>();

    @Override
    public void add(WaitingJob job) {
        waiting.add(job);
    }

    @Override
    public Optional<WaitingJob> claim() {
        return Optional.ofNullable(waiting.poll());
    }

    @Override
    public void left(int tenant) {
        // Nobody counts.
    }
}
