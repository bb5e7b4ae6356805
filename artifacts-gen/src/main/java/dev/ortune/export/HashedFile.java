package dev.ortune.export;

import dev.ortune.io.AtomicFiles;
import dev.ortune.io.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file as manifests name it.
 *
 * @param name its name in its folder
 * @param bytes its size
 * @param sha256 its SHA-256, lower-case hexadecimal
 */
public record HashedFile(String name, long bytes, String sha256) {

    /** Reads a file's size and hash. */
    public static HashedFile of(Path file) {
        try {
            return new HashedFile(file.getFileName().toString(), Files.size(file), Sha256.of(file));
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(file, e);
        }
    }
}
