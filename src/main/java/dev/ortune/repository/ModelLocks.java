package dev.ortune.repository;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** One lock per model, for as long as somebody holds it or waits for it. Thread-safe. */
final class ModelLocks {

    /** A lock and the number of its users, which only {@code compute} changes. */
    private static final class Shared {
        private final ReentrantLock lock = new ReentrantLock();
        private int users;
    }

    private final ConcurrentMap<ModelName, Shared> locks = new ConcurrentHashMap<>();

    <T> T locked(ModelName model, Supplier<T> action) {
        Shared shared =
                locks.compute(
                        model,
                        (name, there) -> {
                            Shared used = there == null ? new Shared() : there;
                            used.users++;
                            return used;
                        });
        shared.lock.lock();
        try {
            return action.get();
        } finally {
            shared.lock.unlock();
            locks.compute(model, (name, there) -> --shared.users == 0 ? null : there);
        }
    }

    /** How many models are being changed. */
    int size() {
        return locks.size();
    }
}
