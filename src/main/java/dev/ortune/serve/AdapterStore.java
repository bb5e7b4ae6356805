package dev.ortune.serve;

import dev.ortune.adapter.OpenAdapter;
import dev.ortune.cache.CacheListener;
import dev.ortune.cache.Lease;
import dev.ortune.cache.LeaseCache;
import dev.ortune.encoder.ResidentAdapter;
import dev.ortune.repository.PublishedVersion;
import dev.ortune.repository.RepositoryListener;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The adapters in memory, by version. Thread-safe. A deleted version's goes as soon as nobody uses
 * it.
 */
final class AdapterStore implements RepositoryListener, AutoCloseable {

    private final ExecutorService loaders;
    private final LeaseCache<String, ResidentAdapter> resident;

    /**
     * An empty store.
     *
     * @param loaderThreads threads that read adapters
     */
    AdapterStore(long budgetBytes, int loaderThreads, CacheListener listener) {
        AtomicInteger number = new AtomicInteger();
        this.loaders =
                Executors.newFixedThreadPool(
                        loaderThreads,
                        task -> {
                            Thread thread =
                                    new Thread(task, "ortune-adapters-" + number.getAndIncrement());
                            thread.setDaemon(true);
                            return thread;
                        });
        this.resident = new LeaseCache<>(budgetBytes, loaders, listener);
    }

    /** Leases a version's adapter, read if it is not there; done at once if it is. */
    CompletableFuture<Lease<ResidentAdapter>> acquire(PublishedVersion version, ServedBase base) {
        return resident.acquire(
                version.id(),
                version.record().parameters() * Float.BYTES,
                () -> place(version, base));
    }

    private static ResidentAdapter place(PublishedVersion version, ServedBase base) {
        try (OpenAdapter adapter = version.open()) {
            return base.encoder().place(adapter);
        }
    }

    boolean isResident(PublishedVersion version) {
        return resident.isResident(version.id());
    }

    void evict(PublishedVersion version) {
        resident.evict(version.id());
    }

    /** Adapters in memory. */
    int count() {
        return resident.size();
    }

    /** What they take. */
    long bytes() {
        return resident.weight();
    }

    @Override
    public void deleted(PublishedVersion version) {
        evict(version);
    }

    @Override
    public void close() {
        loaders.shutdown();
        try {
            // What is being read would be left over otherwise.
            loaders.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        resident.close();
    }
}
