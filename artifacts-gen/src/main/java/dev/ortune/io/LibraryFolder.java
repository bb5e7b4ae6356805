package dev.ortune.io;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The folder where native libraries lie as files. A native executable has no jars to take them from, so
 * they come beside it, in {@code lib}; {@code ORTUNE_LIBRARIES} in the environment names another folder.
 *
 * @param path of the folder
 */
public record LibraryFolder(Path path) {

    private static final String VARIABLE = "ORTUNE_LIBRARIES";
    private static final String BESIDE_THE_EXECUTABLE = "lib";

    /** The folder; empty where libraries are taken from jars, on a Java VM that was told of none. */
    public static Optional<LibraryFolder> find() {
        boolean executable = System.getProperty("org.graalvm.nativeimage.imagecode") != null;
        return find(
                System.getenv(),
                executable ? ProcessHandle.current().info().command() : Optional.empty());
    }

    static Optional<LibraryFolder> find(
            Map<String, String> environment, Optional<String> executable) {
        String given = environment.getOrDefault(VARIABLE, "");
        return given.isBlank()
                ? executable.map(file -> of(Path.of(file).resolveSibling(BESIDE_THE_EXECUTABLE)))
                : Optional.of(of(Path.of(given)));
    }

    private static LibraryFolder of(Path path) {
        return new LibraryFolder(path.toAbsolutePath().normalize());
    }

    /**
     * Where a library lies.
     *
     * @param name as {@link System#loadLibrary} takes it, without the system's prefix and suffix
     */
    public Path file(String name) {
        return path.resolve(System.mapLibraryName(name));
    }
}
