package dev.ortune.job;

/**
 * The memory of a worker, in bytes. Jobs keep their order: one that does not fit now is waited for, one
 * that never would is left to other workers.
 *
 * @param freeBytes now
 * @param totalBytes with nothing running
 */
public record Capacity(long freeBytes, long totalBytes) {

    /** Where memory is no question. */
    public static final Capacity UNLIMITED = new Capacity(Long.MAX_VALUE, Long.MAX_VALUE);
}
