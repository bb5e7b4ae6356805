package dev.ortune.bench.jobs;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.io.AtomicFiles;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/** A file system of some megabytes, which can be filled to the last byte. Linux, for root. */
final class SmallDisk implements AutoCloseable {

    private static final String FILLER = "filler";
    private static final int BLOCK_BYTES = 4096;

    private final Path root;

    private SmallDisk(Path root) {
        this.root = root;
    }

    /**
     * Mounts one, in memory, over a new folder.
     *
     * @throws InvalidInputException {@code INVALID_OPTION} for users who may not
     */
    static SmallDisk mount(Path root, int megabytes) {
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(root, e);
        }
        if (Command.run(
                        "mount",
                        "-t",
                        "tmpfs",
                        "-o",
                        "size=" + megabytes + "m",
                        "tmpfs",
                        root.toString())
                != 0) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "No small file system can be mounted here.",
                    "Run this scenario as root on Linux.");
        }
        return new SmallDisk(root);
    }

    Path root() {
        return root;
    }

    /** Leaves no byte free; what is freed meanwhile by others is taken when this is called again. */
    void fill() {
        try (OutputStream out =
                Files.newOutputStream(
                        root.resolve(FILLER + System.nanoTime()), StandardOpenOption.CREATE_NEW)) {
            byte[] block = new byte[BLOCK_BYTES];
            while (Files.getFileStore(root).getUsableSpace() > 0) {
                out.write(block);
            }
        } catch (IOException e) {
            // This is what was wanted.
        }
    }

    /** Gives the space back. */
    void free() {
        try (Stream<Path> files = Files.list(root)) {
            for (Path file : files.toList()) {
                if (file.getFileName().toString().startsWith(FILLER)) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(root, e);
        }
    }

    @Override
    public void close() {
        Command.run("umount", "-l", root.toString());
    }
}
