package dev.ortune.repository;

/** Exports versions in one format. Thread-safe. */
public interface ExportWriter {

    /** The format. */
    ExportFormat format();

    /**
     * Begins an export.
     *
     * @throws dev.ortune.error.InvalidInputException {@code VERSION_NOT_FOUND} when the version has
     *     been deleted meanwhile
     */
    Export export(PublishedVersion version);
}
