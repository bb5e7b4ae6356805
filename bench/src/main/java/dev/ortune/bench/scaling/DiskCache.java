package dev.ortune.bench.scaling;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A model of the repository's cache of versions on the disk: what was asked for least recently goes
 * first. Here nobody reads for long enough to be in the way.
 */
final class DiskCache {

    private final long places;

    /** The one that was asked for last comes last. */
    private final Set<Integer> kept = new LinkedHashSet<>();

    DiskCache(long maxBytes, long adapterBytes) {
        this.places = maxBytes / adapterBytes;
    }

    /**
     * Asks for an adapter, which is there afterwards.
     *
     * @return whether it was there before
     */
    boolean ask(int model) {
        boolean isThere = kept.remove(model);
        kept.add(model);
        if (kept.size() > places) {
            Iterator<Integer> oldest = kept.iterator();
            oldest.next();
            oldest.remove();
        }
        return isThere;
    }
}
