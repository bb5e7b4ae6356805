package dev.ortune.file;

import java.util.List;

/**
 * Part of a list.
 *
 * @param hasMore whether more come after these
 */
public record FilePage(List<StoredFile> files, boolean hasMore) {
    public FilePage {
        files = List.copyOf(files);
    }
}
