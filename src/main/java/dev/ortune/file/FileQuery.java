package dev.ortune.file;

import java.util.Optional;

/**
 * Which files of a tenant.
 *
 * @param purpose only those
 * @param after only those that the order puts after this one
 * @param ascending oldest first; newest first otherwise
 */
public record FileQuery(
        Optional<FilePurpose> purpose, Optional<String> after, int limit, boolean ascending) {}
