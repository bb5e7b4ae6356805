package dev.ortune.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Values by key, loaded once whoever asks first, the least recently used let go to stay within a
 * budget of weight (bytes, say).
 *
 * <p>Values in use are never let go, so the budget is exceeded while more than it are in use at the
 * same time. Room is made before a value is loaded. Thread-safe: all state is under one lock, in
 * which nothing is loaded, closed or told.
 */
public final class LeaseCache<K, V extends AutoCloseable> implements AutoCloseable {

    private final long budget;
    private final Executor loaders;
    private final CacheListener listener;
    private final Map<K, Entry<K, V>> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long weight;
    private boolean closed;

    /**
     * An empty cache.
     *
     * @param loaders runs what loads
     */
    public LeaseCache(long budget, Executor loaders, CacheListener listener) {
        this.budget = budget;
        this.loaders = loaders;
        this.listener = listener;
    }

    /**
     * Leases a value, which is loaded if it is not there.
     *
     * @param weight what it will weigh
     * @param load makes it, on a loader's thread; what it throws, every waiting caller gets
     * @return done at once if the value is there; the lease is the caller's to close
     */
    public CompletableFuture<Lease<V>> acquire(K key, long weight, Supplier<? extends V> load) {
        Entry<K, V> entry;
        boolean isNew = false;
        List<V> dropped = new ArrayList<>();
        synchronized (this) {
            if (closed) {
                return CompletableFuture.failedFuture(
                        new IllegalStateException("the cache is closed"));
            }
            entry = entries.get(key);
            if (entry == null) {
                entry = new Entry<>(key, weight);
                isNew = true;
                entries.put(key, entry);
                this.weight += weight;
                entry.leases++;
                makeRoom(dropped);
            } else {
                entry.leases++;
            }
        }
        letGo(dropped);
        Entry<K, V> leased = entry;
        if (isNew) {
            loaders.execute(() -> load(leased, load));
        }
        return leased.value.thenApply(value -> new Lease<>(value, () -> giveBack(leased)));
    }

    /** Whether a value is there, without touching its place in line. */
    public synchronized boolean isResident(K key) {
        return entries.entrySet().stream()
                .filter(entry -> entry.getKey().equals(key))
                .anyMatch(entry -> entry.getValue().isLoaded());
    }

    /** Lets a value go, as soon as nobody uses it. */
    public void evict(K key) {
        List<V> dropped = new ArrayList<>();
        synchronized (this) {
            Entry<K, V> entry = entries.get(key);
            if (entry != null) {
                entries.remove(key);
                entry.evicted = true;
                dropIfUnused(entry, dropped);
            }
        }
        closeAll(dropped);
    }

    /** The weight of all values, those included that were evicted but are still in use. */
    public synchronized long weight() {
        return weight;
    }

    /** Values that are there. */
    public synchronized int size() {
        return entries.size();
    }

    /** Lets all values go, each as soon as nobody uses it, and gives no more leases. */
    @Override
    public void close() {
        List<K> keys;
        synchronized (this) {
            closed = true;
            keys = new ArrayList<>(entries.keySet());
        }
        keys.forEach(this::evict);
    }

    private void load(Entry<K, V> entry, Supplier<? extends V> load) {
        long start = System.nanoTime();
        V value;
        try {
            value = load.get();
        } catch (RuntimeException | Error e) {
            synchronized (this) {
                entries.remove(entry.key, entry);
                weight -= entry.weight;
            }
            listener.failed();
            entry.value.completeExceptionally(e);
            return;
        }
        listener.loaded(Duration.ofNanos(System.nanoTime() - start));
        entry.value.complete(value);
    }

    private void giveBack(Entry<K, V> entry) {
        List<V> dropped = new ArrayList<>();
        boolean wasEvicted;
        synchronized (this) {
            entry.leases--;
            wasEvicted = entry.evicted;
            if (wasEvicted) {
                dropIfUnused(entry, dropped);
            } else {
                makeRoom(dropped);
            }
        }
        if (wasEvicted) {
            closeAll(dropped);
        } else {
            letGo(dropped);
        }
    }

    /** Takes the least recently used values out that nobody uses, as many as it takes. */
    private void makeRoom(List<V> dropped) {
        Iterator<Entry<K, V>> oldestFirst = entries.values().iterator();
        while (weight > budget && oldestFirst.hasNext()) {
            Entry<K, V> entry = oldestFirst.next();
            if (entry.leases == 0) {
                oldestFirst.remove();
                entry.evicted = true;
                dropIfUnused(entry, dropped);
            }
        }
    }

    private void dropIfUnused(Entry<K, V> entry, List<V> dropped) {
        if (entry.leases == 0 && entry.isLoaded()) {
            weight -= entry.weight;
            dropped.add(entry.value.join());
        }
    }

    private void letGo(List<V> values) {
        closeAll(values);
        values.forEach(value -> listener.evicted());
    }

    private void closeAll(List<V> values) {
        for (V value : values) {
            try {
                value.close();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        }
    }

    /** A value, there or on its way. Its future is the only part that is used without the lock. */
    private static final class Entry<K, V> {
        private final K key;
        private final long weight;
        private final CompletableFuture<V> value = new CompletableFuture<>();
        private int leases;
        private boolean evicted;

        private Entry(K key, long weight) {
            this.key = key;
            this.weight = weight;
        }

        private boolean isLoaded() {
            return value.isDone() && !value.isCompletedExceptionally();
        }
    }
}
