package dev.ortune.repository.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** A zip, read by its directory. */
final class ZipArchive {

    private static final int STORED = 0;
    private static final int DEFLATED = 8;

    private final Path file;
    private final ArchiveLimits limits;

    ZipArchive(Path file, ArchiveLimits limits) {
        this.file = file;
        this.limits = limits;
    }

    void forEach(ArchiveEntryVisitor visitor) throws IOException {
        ZipDirectory.check(file, limits);
        long allowed = limits.extractedBytes(Files.size(file));
        ByteBudget budget =
                new ByteBudget(
                        allowed,
                        () -> ArchiveFault.tooLarge("holds more than " + allowed + " bytes"));
        try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
            List<ZipArchiveEntry> entries = Collections.list(zip.getEntries());
            for (ZipArchiveEntry entry : entries) {
                EntryPath path = EntryPath.of(entry.getName());
                if (entry.isDirectory()) {
                    continue;
                }
                requirePlain(entry, path);
                visitor.file(path, () -> open(zip, entry, path, budget));
            }
        }
    }

    private static void requirePlain(ZipArchiveEntry entry, EntryPath path) {
        if (entry.getGeneralPurposeBit().usesEncryption()) {
            throw ArchiveFault.entry(path.name(), "is encrypted");
        }
        int kind = entry.getUnixMode() & 0xF000;
        if (entry.isUnixSymlink() || (kind != 0 && kind != 0x8000)) {
            throw ArchiveFault.entry(path.name(), "is a link, a device or another special file");
        }
        if (entry.getMethod() != STORED && entry.getMethod() != DEFLATED) {
            throw ArchiveFault.entry(path.name(), "is not packed by deflate");
        }
    }

    private static InputStream open(
            ZipFile zip, ZipArchiveEntry entry, EntryPath path, ByteBudget budget)
            throws IOException {
        InputStream content = zip.getInputStream(entry);
        if (content == null) {
            throw ArchiveFault.entry(path.name(), "cannot be read");
        }
        return new CheckedEntryStream(
                new BudgetedStream(content, budget),
                entry.getSize(),
                entry.getCrc(),
                () -> ArchiveFault.entry(path.name(), "is not what the directory says of it"));
    }
}
