package dev.ortune.repository;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Folders that are moved as a whole, durably. */
final class Folders {

    private static final Logger LOG = Logger.getLogger(Folders.class);

    private Folders() {}

    /** Moves a folder to a name that is free, on the same file system, and makes that last. */
    static void move(Path from, Path to) throws IOException {
        sync(from);
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        sync(to.getParent());
    }

    /** Makes a folder's entries survive a power failure, where the system can. */
    static void sync(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Not every system opens folders; those that do not order their entries themselves.
            LOG.debugf(e, "The folder %s cannot be synced", folder);
        }
    }

    /** Deletes what is there; what cannot be deleted is left to the next start. */
    static void deleteQuietly(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warnf(e, "The folder %s cannot be deleted", folder);
        }
    }
}
