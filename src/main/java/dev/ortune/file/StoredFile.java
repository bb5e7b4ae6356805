package dev.ortune.file;

import java.time.Instant;

/**
 * A tenant's file.
 *
 * @param id {@code file-} and more
 * @param sequence grows with every file; the order of lists
 * @param name as its owner calls it; its extension tells the format
 * @param sha256 of its content
 */
public record StoredFile(
        String id,
        long sequence,
        String tenant,
        String name,
        FilePurpose purpose,
        long bytes,
        String sha256,
        Instant createdAt) {}
