package dev.ortune.export;

import dev.ortune.base.BaseModel;
import dev.ortune.checkpoint.HuggingFaceFolder;
import dev.ortune.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Prepared bases in a cache folder, one per checkpoint content: a second job on the same base starts
 * at once.
 *
 * <p>Safe for concurrent processes: a base is prepared in a folder of its own and then renamed.
 */
public final class PreparedBases {

    private static final String PREPARING = ".preparing-";
    private static final String SOURCES = ".sources";
    private static final Duration ABANDONED_AFTER = Duration.ofDays(1);

    private final Path folder;
    private final SourceHashes hashes;

    /** A cache in a folder. */
    public PreparedBases(Path folder) {
        this.folder = folder;
        this.hashes = new SourceHashes(folder.resolve(SOURCES), InstantSource.system());
    }

    /** The prepared form of a base, made now if the cache lacks it or its folder is damaged. */
    public PreparedBase prepare(BaseModel base) {
        SourceHashes.SourceHash hash = hash(base);
        Path target = folder.resolve(key(base, hash.value()));
        Optional<PreparedBase> cached = PreparedBase.openIfWhole(target);
        if (cached.isPresent()) {
            hash.remember();
            return cached.get();
        }
        // Asked before the work: a folder that appears meanwhile is another process's, and whole.
        boolean damaged = Files.isDirectory(target);
        Path temporary = temporaryFolder();
        try {
            PreparedBase.create(base.name(), base.directory(), temporary);
            if (damaged) {
                delete(target);
            }
            publish(temporary, target);
        } finally {
            delete(temporary);
        }
        hash.remember();
        return PreparedBase.open(target);
    }

    private SourceHashes.SourceHash hash(BaseModel base) {
        try (HuggingFaceFolder source = HuggingFaceFolder.open(base.directory())) {
            return hashes.of(base.directory(), source.sourceFiles());
        }
    }

    /** The base's last name part, readable, and the hash of its content, unique. */
    private static String key(BaseModel base, String hash) {
        String readable =
                Path.of(base.name()).getFileName().toString().replaceAll("[^A-Za-z0-9._-]", "_");
        return readable + "-" + hash.substring(0, 16);
    }

    private Path temporaryFolder() {
        try {
            Files.createDirectories(folder);
            deleteAbandoned();
            // Not createTempDirectory: others than its owner may read a prepared base.
            return Files.createDirectory(folder.resolve(PREPARING + UUID.randomUUID()));
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(folder, e);
        }
    }

    /** What a killed process left behind is in nobody's way, but takes room. */
    private void deleteAbandoned() throws IOException {
        Instant abandoned = Instant.now().minus(ABANDONED_AFTER);
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                if (entry.getFileName().toString().startsWith(PREPARING)
                        && Files.getLastModifiedTime(entry).toInstant().isBefore(abandoned)) {
                    delete(entry);
                }
            }
        }
    }

    private static void publish(Path temporary, Path target) {
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            // Another process published the same content first: its folder serves as well.
            if (!Files.isDirectory(target)) {
                throw AtomicFiles.writeFailure(target, e);
            }
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(target, e);
        }
    }

    private static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(directory, e);
        }
    }
}
