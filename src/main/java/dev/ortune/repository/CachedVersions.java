package dev.ortune.repository;

/**
 * What this process keeps of versions whose files are elsewhere.
 *
 * @param count of versions
 * @param bytes of their files
 */
public record CachedVersions(int count, long bytes) {}
