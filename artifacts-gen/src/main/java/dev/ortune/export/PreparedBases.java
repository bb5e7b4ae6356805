package dev.ortune.export;

import dev.ortune.base.BaseModel;
import dev.ortune.checkpoint.HuggingFaceFolder;
import dev.ortune.io.AtomicFiles;
import dev.ortune.io.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Prepared bases in a cache folder, one per checkpoint content: a second job on the same base starts
 * at once.
 *
 * <p>Safe for concurrent processes: a base is prepared in a folder of its own and then renamed.
 */
public final class PreparedBases {

    private final Path folder;

    /** A cache in a folder. */
    public PreparedBases(Path folder) {
        this.folder = folder;
    }

    /** The prepared form of a base, made now if the cache lacks it or its folder is damaged. */
    public PreparedBase prepare(BaseModel base) {
        Path target = folder.resolve(key(base));
        Optional<PreparedBase> cached = PreparedBase.openIfWhole(target);
        if (cached.isPresent()) {
            return cached.get();
        }
        Path temporary = temporaryFolder();
        try {
            PreparedBase.create(base.name(), base.directory(), temporary);
            if (PreparedBase.openIfWhole(target).isEmpty()) {
                delete(target);
            }
            publish(temporary, target);
        } finally {
            delete(temporary);
        }
        return PreparedBase.open(target);
    }

    /** The base's last name part, readable, and the hash of its content, unique. */
    private static String key(BaseModel base) {
        MessageDigest digest = Sha256.newDigest();
        try (HuggingFaceFolder source = HuggingFaceFolder.open(base.directory())) {
            for (Path file : source.sourceFiles()) {
                digest.update(HashedFile.of(file).sha256().getBytes(StandardCharsets.US_ASCII));
            }
        }
        String readable =
                Path.of(base.name()).getFileName().toString().replaceAll("[^A-Za-z0-9._-]", "_");
        return readable + "-" + Sha256.hex(digest).substring(0, 16);
    }

    private Path temporaryFolder() {
        try {
            Files.createDirectories(folder);
            return Files.createTempDirectory(folder, ".preparing");
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(folder, e);
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
