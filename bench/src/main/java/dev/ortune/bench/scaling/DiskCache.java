package dev.ortune.bench.scaling;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A model of the repository's cache of versions on the disk: what was asked for least recently goes
 * first, but nothing that was asked for within the last five minutes, even if the disk gets fuller than
 * it should.
 */
final class DiskCache {

    /** As the repository has it. */
    static final double IN_USE_SECONDS = 300;

    private final long maxBytes;
    private final long adapterBytes;

    /** When each was asked for last, the oldest first. */
    private final Map<Integer, Double> used = new LinkedHashMap<>(16, 0.75f, true);

    private long bytes;
    private long peakBytes;

    DiskCache(long maxBytes, long adapterBytes) {
        this.maxBytes = maxBytes;
        this.adapterBytes = adapterBytes;
    }

    /**
     * Asks for an adapter, which is there afterwards.
     *
     * @param seconds now
     * @return whether it was there before
     */
    boolean ask(int model, double seconds) {
        if (used.put(model, seconds) != null) {
            return true;
        }
        // Before the newcomer counts, and never the newcomer itself.
        Iterator<Map.Entry<Integer, Double>> oldest = used.entrySet().iterator();
        while (bytes + adapterBytes > maxBytes
                && oldest.hasNext()
                && oldest.next().getValue() < seconds - IN_USE_SECONDS) {
            oldest.remove();
            bytes -= adapterBytes;
        }
        bytes += adapterBytes;
        peakBytes = Math.max(peakBytes, bytes);
        return false;
    }

    /** The most that was ever there. */
    long peakBytes() {
        return peakBytes;
    }
}
