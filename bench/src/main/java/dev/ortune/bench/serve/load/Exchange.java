package dev.ortune.bench.serve.load;

/**
 * A request and its answer.
 *
 * @param start {@code System.nanoTime()} before it was sent
 * @param end the same when the answer was there
 * @param work what it was
 */
public record Exchange(long start, long end, Work work) {

    double seconds() {
        return (end - start) / 1e9;
    }

    /** The share of its time that lies between two moments. */
    double shareWithin(long from, long to) {
        long overlap = Math.min(end, to) - Math.max(start, from);
        return overlap <= 0 ? 0 : (double) overlap / Math.max(1, end - start);
    }
}
