package dev.ortune.storage;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.OrtuneException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Another store, whose calls somebody hears of. Thread-safe as that one is. */
public final class ObservedObjects implements ObjectStore {

    private final ObjectStore objects;
    private final StorageListener listener;

    /** Has a listener hear of a store's calls. */
    public ObservedObjects(ObjectStore objects, StorageListener listener) {
        this.objects = objects;
        this.listener = listener;
    }

    @Override
    public void put(String key, Path file) {
        observed("put", () -> objects.put(key, file));
    }

    @Override
    public boolean fetch(String key, Path target) {
        return observed("fetch", () -> objects.fetch(key, target));
    }

    @Override
    public Optional<InputStream> open(String key) {
        return observed("open", () -> objects.open(key));
    }

    @Override
    public List<String> list(String prefix) {
        return observed("list", () -> objects.list(prefix));
    }

    @Override
    public void delete(String key) {
        observed("delete", () -> objects.delete(key));
    }

    @Override
    public String place() {
        return objects.place();
    }

    private void observed(String operation, Runnable call) {
        observed(
                operation,
                () -> {
                    call.run();
                    return true;
                });
    }

    private <T> T observed(String operation, Supplier<T> call) {
        long start = System.nanoTime();
        Optional<ErrorCode> fault = Optional.of(ErrorCode.INTERNAL);
        try {
            T result = call.get();
            fault = Optional.empty();
            return result;
        } catch (OrtuneException e) {
            fault = Optional.of(e.code());
            throw e;
        } finally {
            listener.called(operation, Duration.ofNanos(System.nanoTime() - start), fault);
        }
    }
}
