package dev.ortune.repository;

import java.nio.file.Path;

/**
 * A file that a client sent by itself.
 *
 * @param name as the client calls it, perhaps with folders before it
 * @param file where it is now
 */
public record UploadedFile(String name, Path file) {

    String lastPart() {
        return name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    }
}
