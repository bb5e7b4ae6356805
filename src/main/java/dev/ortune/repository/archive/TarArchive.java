package dev.ortune.repository.archive;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * A tar, perhaps gzipped, read from its beginning to its end.
 *
 * <p>The library keeps what precedes an entry (long names, pax headers) in memory, whatever its
 * length, so that the bytes between two entries have a budget of their own.
 */
final class TarArchive {

    /** More than any name and its attributes take. */
    private static final long MAX_HEADER_BYTES = 64 << 10;

    private static final int BUFFER_BYTES = 1 << 16;

    private final Path file;
    private final boolean gzipped;
    private final ArchiveLimits limits;

    TarArchive(Path file, boolean gzipped, ArchiveLimits limits) {
        this.file = file;
        this.gzipped = gzipped;
        this.limits = limits;
    }

    void forEach(ArchiveEntryVisitor visitor) throws IOException {
        long allowed = limits.extractedBytes(Files.size(file));
        ByteBudget all =
                new ByteBudget(
                        allowed,
                        () -> ArchiveFault.tooLarge("holds more than " + allowed + " bytes"));
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
                InputStream plain = gzipped ? new GZIPInputStream(raw, BUFFER_BYTES) : raw;
                // Every byte counts, then those of the headers again, by their own budget.
                BudgetedStream headers =
                        new BudgetedStream(new BudgetedStream(plain, all), headerBudget());
                TarArchiveInputStream tar = new TarArchiveInputStream(headers, "UTF-8")) {
            int entries = 0;
            for (TarArchiveEntry entry = tar.getNextEntry();
                    entry != null;
                    entry = tar.getNextEntry()) {
                if (++entries > limits.maxEntries()) {
                    throw ArchiveFault.tooLarge(
                            "holds more than " + limits.maxEntries() + " entries");
                }
                headers.use(ByteBudget.unlimited());
                visit(tar, entry, visitor);
                // Read here what the visitor left, so that it is not taken for a header.
                tar.transferTo(OutputStream.nullOutputStream());
                headers.use(headerBudget());
            }
        }
    }

    private static void visit(
            TarArchiveInputStream tar, TarArchiveEntry entry, ArchiveEntryVisitor visitor)
            throws IOException {
        EntryPath path = EntryPath.of(entry.getName());
        if (!entry.isCheckSumOK()) {
            throw ArchiveFault.entry(path.name(), "has a damaged header");
        }
        if (entry.isDirectory()) {
            return;
        }
        boolean plain =
                entry.isFile()
                        && !entry.isSymbolicLink()
                        && !entry.isLink()
                        && !entry.isCharacterDevice()
                        && !entry.isBlockDevice()
                        && !entry.isFIFO()
                        && !entry.isSparse();
        if (!plain || !tar.canReadEntryData(entry)) {
            throw ArchiveFault.entry(path.name(), "is a link, a device or another special file");
        }
        visitor.file(path, () -> tar);
    }

    private static ByteBudget headerBudget() {
        return new ByteBudget(
                MAX_HEADER_BYTES,
                () ->
                        ArchiveFault.tooLarge(
                                "has a header of more than " + MAX_HEADER_BYTES + " bytes"));
    }
}
