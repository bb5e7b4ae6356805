package dev.ortune.repository;

import java.time.Instant;

/**
 * Where an alias points, or pointed.
 *
 * @param version the version's number
 * @param since when it was pointed there
 */
public record AliasTarget(int version, Instant since) {}
