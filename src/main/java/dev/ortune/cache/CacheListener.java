package dev.ortune.cache;

import java.time.Duration;

/** Learns what a cache does; called under no lock, by whichever thread did it. */
public interface CacheListener {

    /** A value was loaded in so much time. */
    void loaded(Duration time);

    /** A value could not be loaded. */
    void failed();

    /** A value was let go to make room. */
    void evicted();

    /** Listens to nothing. */
    static CacheListener silent() {
        return new CacheListener() {
            @Override
            public void loaded(Duration time) {}

            @Override
            public void failed() {}

            @Override
            public void evicted() {}
        };
    }
}
