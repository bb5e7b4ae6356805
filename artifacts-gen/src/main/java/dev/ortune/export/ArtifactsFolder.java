package dev.ortune.export;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The output folder of an export. New files are staged and renamed into place, the manifest last: a
 * folder with a manifest is whole, and a failed export changes nothing.
 *
 * <p>A folder that does not exist yet appears in one rename. One that exists may be a mounted
 * volume, which cannot be renamed, so it is filled file by file.
 */
final class ArtifactsFolder {

    private static final String STAGING_PREFIX = ".ortune-export-";

    private final Path directory;

    private ArtifactsFolder(Path directory) {
        this.directory = directory;
    }

    /**
     * Checks an output folder before anything is made.
     *
     * @throws InvalidInputException {@code OUTPUT_EXISTS} when it holds files that are no artifacts
     */
    static ArtifactsFolder at(Path directory) {
        Path absolute = directory.toAbsolutePath().normalize();
        if (Files.exists(absolute, LinkOption.NOFOLLOW_LINKS)) {
            if (!Files.isDirectory(absolute)) {
                throw exists(directory + " is a file, not a folder.");
            }
            if (!isOurs(absolute)) {
                throw exists(directory + " is not empty and holds no exported artifacts.");
            }
        }
        return new ArtifactsFolder(absolute);
    }

    /** What the folder holds of a base, if an export finished there and its files are whole. */
    Optional<PreparedBase> preparedBase() {
        if (!hasManifest(directory)) {
            return Optional.empty();
        }
        try {
            PreparedBase base = PreparedBase.open(directory);
            return base.description().files().stream().allMatch(this::hasItsSize)
                    ? Optional.of(base)
                    : Optional.empty();
        } catch (InvalidInputException e) {
            // Damaged artifacts are made anew.
            return Optional.empty();
        }
    }

    /** A fresh folder on the same disk, for the files to come. */
    Path stage() {
        Path parent = Files.isDirectory(directory) ? directory : directory.getParent();
        try {
            Files.createDirectories(parent);
            // Not a temporary directory of the library's: that only its owner could read.
            return Files.createDirectory(parent.resolve(STAGING_PREFIX + UUID.randomUUID()));
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(directory, e);
        }
    }

    /**
     * Moves the staged files into place. If that breaks off in a folder that was there before, the
     * staging folder stays as the mark by which the next export knows the folder for its own.
     */
    void publish(Path staging) {
        if (Files.isDirectory(directory)) {
            fill(staging);
        } else {
            appear(staging);
        }
    }

    private void appear(Path staging) {
        try {
            Files.move(staging, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            discard(staging);
            throw AtomicFiles.writeFailure(directory, e);
        }
    }

    private void fill(Path staging) {
        try {
            Files.deleteIfExists(directory.resolve(Manifest.FILE));
            for (Path file : manifestLast(staging)) {
                Files.move(
                        file,
                        directory.resolve(file.getFileName()),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(directory, e);
        }
        // This export's staging folder, and what exports that were killed have left.
        list(directory).stream()
                .filter(ArtifactsFolder::isStaging)
                .forEach(ArtifactsFolder::discard);
    }

    /** Removes a staging folder with what is in it, if it is still there. */
    static void discard(Path staging) {
        if (!Files.exists(staging)) {
            return;
        }
        try (Stream<Path> files = Files.walk(staging)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(staging, e);
        }
    }

    private static boolean isOurs(Path directory) {
        List<Path> content = list(directory);
        return content.isEmpty()
                || hasManifest(directory)
                || content.stream().anyMatch(ArtifactsFolder::isStaging);
    }

    private static boolean hasManifest(Path directory) {
        if (!Files.isRegularFile(directory.resolve(Manifest.FILE))) {
            return false;
        }
        try {
            return JsonFile.read(directory.resolve(Manifest.FILE))
                    .path("producer")
                    .asText()
                    .equals(Manifest.PRODUCER);
        } catch (InvalidInputException e) {
            return false;
        }
    }

    private static boolean isStaging(Path path) {
        return path.getFileName().toString().startsWith(STAGING_PREFIX);
    }

    private boolean hasItsSize(HashedFile file) {
        try {
            return Files.size(directory.resolve(file.name())) == file.bytes();
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Path> manifestLast(Path staging) {
        return list(staging).stream()
                .sorted(
                        Comparator.comparing(
                                file -> file.getFileName().toString().equals(Manifest.FILE)))
                .toList();
    }

    private static List<Path> list(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(directory, e);
        }
    }

    private static InvalidInputException exists(String message) {
        return new InvalidInputException(
                ErrorCode.OUTPUT_EXISTS, message, "Choose a new folder, or empty this one.");
    }
}
