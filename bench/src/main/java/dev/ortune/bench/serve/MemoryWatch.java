package dev.ortune.bench.serve;

import dev.ortune.bench.serve.load.ProcessMemory;
import java.util.ArrayList;
import java.util.List;

/** Notes a process's resident memory every second, in a thread of its own. */
final class MemoryWatch implements Runnable {

    private static final long SECOND_MILLIS = 1000;

    private final long pid;
    private final List<Long> bytes = new ArrayList<>();
    private volatile boolean ended;

    MemoryWatch(long pid) {
        this.pid = pid;
        Workshop.requireLinux(ProcessMemory.residentBytes(pid).isPresent());
    }

    @Override
    public void run() {
        while (!ended) {
            ProcessMemory.residentBytes(pid).ifPresent(bytes::add);
            try {
                Thread.sleep(SECOND_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    void end() {
        ended = true;
    }

    /** What was noted; to be read after the thread has ended. */
    MemoryLog log() {
        return new MemoryLog(bytes);
    }
}
