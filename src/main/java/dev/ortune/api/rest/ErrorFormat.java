package dev.ortune.api.rest;

/** How a protocol spells its errors, in place of problem documents. Thread-safe. */
public interface ErrorFormat {

    /**
     * Whether errors at an address are spelt so.
     *
     * @param path as in {@code /v2/models}
     */
    boolean covers(String path);

    /** A problem as this protocol has it. */
    ErrorDocument document(Problem problem);
}
