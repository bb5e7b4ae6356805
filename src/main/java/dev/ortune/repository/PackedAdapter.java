package dev.ortune.repository;

import dev.ortune.io.AtomicFiles;
import dev.ortune.repository.archive.AdapterFile;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A version's files as one: a tar without folders. */
final class PackedAdapter {

    private PackedAdapter() {}

    /** Packs those of a folder's files that adapters have. */
    static void pack(Path adapter, Path file) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file));
                TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            for (AdapterFile part : AdapterFile.values()) {
                Path content = adapter.resolve(part.fileName());
                if (Files.isRegularFile(content)) {
                    TarArchiveEntry entry = new TarArchiveEntry(part.fileName());
                    entry.setSize(Files.size(content));
                    tar.putArchiveEntry(entry);
                    Files.copy(content, tar);
                    tar.closeArchiveEntry();
                }
            }
        }
    }

    /** Unpacks into an empty folder, whose files then outlive a loss of power. */
    static void unpack(Path file, Path adapter) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
                TarArchiveInputStream tar = new TarArchiveInputStream(in)) {
            TarArchiveEntry entry = tar.getNextEntry();
            while (entry != null) {
                Optional<AdapterFile> part = AdapterFile.named(entry.getName());
                if (part.isPresent()) {
                    AtomicFiles.write(adapter.resolve(part.get().fileName()), tar::transferTo);
                }
                entry = tar.getNextEntry();
            }
        }
    }
}
