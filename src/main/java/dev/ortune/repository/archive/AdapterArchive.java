package dev.ortune.repository.archive;

import dev.ortune.error.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An adapter in a zip, a tar or a tar.gz: at the top, or in one folder there.
 *
 * <p>It is read twice from its file, first for the names alone, and never held in memory. Files that
 * are no adapter's are passed over, but count towards the limits.
 */
public final class AdapterArchive {

    private final Path file;
    private final ArchiveKind kind;
    private final ArchiveLimits limits;

    private AdapterArchive(Path file, ArchiveKind kind, ArchiveLimits limits) {
        this.file = file;
        this.kind = kind;
        this.limits = limits;
    }

    /**
     * Whether a file is an archive of a known kind, by its first bytes.
     *
     * @throws IOException when the file cannot be read
     */
    public static boolean isArchive(Path file) throws IOException {
        return ArchiveKind.of(file).isPresent();
    }

    /**
     * Writes the adapter's files to a folder, synced.
     *
     * @param file of at most {@link ArchiveLimits#maxBytes()}
     * @param folder must exist; on an error some files may be there
     * @throws InvalidInputException {@code ARCHIVE_FORMAT}, {@code ARCHIVE_TOO_LARGE}, naming the
     *     entry
     * @throws IOException when the folder cannot be written
     */
    public static void extract(Path file, Path folder, ArchiveLimits limits) throws IOException {
        ArchiveKind kind =
                ArchiveKind.of(file)
                        .orElseThrow(
                                () -> ArchiveFault.format("is neither a zip, a tar nor a tar.gz"));
        new AdapterArchive(file, kind, limits).extractTo(folder);
    }

    private void extractTo(Path folder) throws IOException {
        String adapterFolder = adapterFolder();
        forEach(
                (path, content) -> {
                    Optional<AdapterFile> known = path.file();
                    if (known.isPresent() && path.folder().equals(adapterFolder)) {
                        write(folder, known.get(), path, content);
                    }
                });
    }

    /** The folder within the archive that has the adapter's configuration: the topmost. */
    private String adapterFolder() throws IOException {
        Set<String> names = new HashSet<>();
        Set<String> folders = new TreeSet<>();
        forEach(
                (path, content) -> {
                    if (!names.add(path.folder() + "/" + path.fileName())) {
                        throw ArchiveFault.entry(path.name(), "is there twice");
                    }
                    if (path.file().equals(Optional.of(AdapterFile.CONFIG))) {
                        folders.add(path.folder());
                    }
                });
        if (folders.contains("")) {
            return "";
        }
        if (folders.size() > 1) {
            throw ArchiveFault.format(
                    "holds several adapters: " + ArchiveFault.shown(String.join(", ", folders)));
        }
        return folders.stream()
                .findFirst()
                .orElseThrow(
                        () ->
                                ArchiveFault.format(
                                        "has no "
                                                + AdapterFile.CONFIG.fileName()
                                                + " at its top or in one folder there"));
    }

    private static void write(
            Path folder, AdapterFile known, EntryPath path, ArchiveEntryVisitor.Content content)
            throws IOException {
        // The archive's own stream is the visitor's to read, not to close.
        InputStream in = content.open();
        BudgetedStream budgeted =
                new BudgetedStream(
                        in,
                        new ByteBudget(
                                known.maxBytes(),
                                () -> ArchiveFault.entryTooLarge(path.name(), known.maxBytes())));
        SyncedFile.write(folder.resolve(known.fileName()), budgeted);
    }

    private void forEach(ArchiveEntryVisitor visitor) throws IOException {
        try {
            switch (kind) {
                case ZIP -> new ZipArchive(file, limits).forEach(visitor);
                case TAR -> new TarArchive(file, false, limits).forEach(visitor);
                case GZIPPED_TAR -> new TarArchive(file, true, limits).forEach(visitor);
            }
        } catch (InvalidInputException e) {
            throw e;
        } catch (SyncedFile.WriteFailure e) {
            throw e.failure();
        } catch (IOException | RuntimeException e) {
            // The library's parsers say what is wrong with a stranger's bytes in either way.
            throw ArchiveFault.format("is damaged", e);
        }
    }
}
