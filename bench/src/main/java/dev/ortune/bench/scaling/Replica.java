package dev.ortune.bench.scaling;

import dev.ortune.cache.CacheListener;
import dev.ortune.cache.LeaseCache;

/**
 * A process that serves: the service's own cache, with the budget that adapters have in memory, over a
 * disk. Its values weigh what adapters weigh and are nothing.
 */
final class Replica {

    private final LeaseCache<Integer, Nothing> memory;
    private final DiskCache disk;
    private final long adapterBytes;

    /** Where the adapter was that is being asked for; loading happens on the asking thread. */
    private Found found = Found.MEMORY;

    Replica(long memoryBytes, DiskCache disk, long adapterBytes) {
        this.memory = new LeaseCache<>(memoryBytes, Runnable::run, CacheListener.silent());
        this.disk = disk;
        this.adapterBytes = adapterBytes;
    }

    /** In place of an adapter. */
    private record Nothing() implements AutoCloseable {

        static final Nothing AT_ALL = new Nothing();

        @Override
        public void close() {
            // There is nothing to give back.
        }
    }

    /** A request for an adapter. */
    Found ask(int model) {
        found = Found.MEMORY;
        memory.acquire(
                        model,
                        adapterBytes,
                        () -> {
                            found = disk.ask(model) ? Found.DISK : Found.STORE;
                            return Nothing.AT_ALL;
                        })
                .join()
                .close();
        return found;
    }
}
