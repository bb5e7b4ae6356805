package dev.ortune.bench.scaling;

/** Where a request's adapter was. */
enum Found {
    /** In memory. */
    MEMORY,
    /** On the replica's disk. */
    DISK,
    /** In the object store only. */
    STORE
}
