package dev.ortune.bench.tool;

import dev.ortune.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder that is removed with all its content. */
public final class TemporaryFolder implements AutoCloseable {

    private final Path path;

    /** A new folder. */
    public TemporaryFolder() {
        try {
            path = Files.createTempDirectory("ortune-bench-");
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(Path.of(System.getProperty("java.io.tmpdir")), e);
        }
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    @Override
    public void close() {
        try (Stream<Path> walk = Files.walk(path)) {
            List<Path> files = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(path, e);
        }
    }
}
