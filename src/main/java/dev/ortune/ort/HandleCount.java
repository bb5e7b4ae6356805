package dev.ortune.ort;

import java.util.concurrent.atomic.AtomicInteger;

/** Counts native handles that are open; shared by all handles of a runtime. */
final class HandleCount {

    private final AtomicInteger open = new AtomicInteger();

    void opened() {
        open.incrementAndGet();
    }

    void closed() {
        open.decrementAndGet();
    }

    int open() {
        return open.get();
    }
}
