package dev.ortune.io;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder that appears with all its files or not at all, also over a power failure: written beside
 * its place, synced, then renamed.
 */
public final class AtomicFolder {

    /** Writes the files. */
    @FunctionalInterface
    public interface Content {
        void writeTo(Draft draft) throws IOException;
    }

    /**
     * The folder before it has its name.
     *
     * @param directory where it stands now
     */
    public record Draft(Path directory) {

        /** Writes and syncs one file, with the permissions that the user's umask gives. */
        public void file(String name, AtomicFiles.Content content) throws IOException {
            try (FileChannel channel =
                            FileChannel.open(
                                    directory.resolve(name),
                                    StandardOpenOption.CREATE_NEW,
                                    StandardOpenOption.WRITE);
                    OutputStream out =
                            new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
                content.writeTo(out);
                out.flush();
                channel.force(true);
            }
        }

        /** Syncs a file that somebody else wrote into the folder. */
        public void sync(String name) throws IOException {
            try (FileChannel channel =
                    FileChannel.open(directory.resolve(name), StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }
    }

    private static final Pattern DRAFT =
            Pattern.compile("\\..+-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private AtomicFolder() {}

    /**
     * Writes a folder.
     *
     * @throws InvalidInputException {@code OUTPUT_EXISTS} when something is there already, {@code
     *     OUTPUT_NOT_WRITABLE}
     * @throws dev.ortune.error.UnavailableException {@code DISK_FULL}
     */
    public static void write(Path folder, Content content) {
        requireFree(folder);
        Path target = folder.toAbsolutePath().normalize();
        Path draft = draftOf(target);
        try {
            Files.createDirectories(target.getParent());
            Files.createDirectory(draft);
            content.writeTo(new Draft(draft));
            sync(draft);
            // An empty folder in the way, as requireFree allows, gives way here.
            Files.deleteIfExists(target);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
            sync(target.getParent());
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(folder, e);
        } catch (UncheckedIOException e) {
            throw AtomicFiles.writeFailure(folder, e.getCause());
        } finally {
            deleteDraft(draft);
        }
    }

    /** As {@link #write}, but a folder that is there gives way once the new one is complete. */
    public static void replace(Path folder, Content content) {
        if (!Files.exists(folder)) {
            write(folder, content);
            return;
        }
        Path target = folder.toAbsolutePath().normalize();
        Path fresh = draftOf(target);
        Path old = draftOf(target);
        write(fresh, content);
        try {
            Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
            try {
                Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
                throw e;
            }
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(folder, e);
        } finally {
            deleteDraft(fresh);
            deleteDraft(old);
        }
    }

    /**
     * Deletes what killed processes left half written in a folder. Nobody may be writing there.
     */
    public static void deleteDrafts(Path parent) {
        if (!Files.isDirectory(parent)) {
            return;
        }
        try (Stream<Path> files = Files.list(parent)) {
            files.filter(file -> DRAFT.matcher(file.getFileName().toString()).matches())
                    .forEach(AtomicFolder::deleteDraft);
        } catch (IOException ignored) {
            // Strays are hidden and harmless.
        }
    }

    /**
     * Refuses a place that is taken.
     *
     * @throws InvalidInputException {@code OUTPUT_EXISTS}
     */
    public static void requireFree(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.list(folder)) {
            if (files.findAny().isEmpty()) {
                return;
            }
        } catch (IOException e) {
            // Not a folder, or not readable: either way nothing can be written there.
        }
        throw new InvalidInputException(
                ErrorCode.OUTPUT_EXISTS,
                folder + " exists and is not an empty folder.",
                "Choose another output folder, or remove this one first.");
    }

    private static Path draftOf(Path target) {
        return target.resolveSibling("." + target.getFileName() + "-" + UUID.randomUUID());
    }

    /** Makes a folder's entries survive a power failure, where the system can. */
    private static void sync(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException ignored) {
            // Not every system opens folders; those that do not order their entries themselves.
        }
    }

    private static void deleteDraft(Path draft) {
        if (!Files.exists(draft)) {
            return;
        }
        try (Stream<Path> files = Files.walk(draft)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException ignored) {
            // The first failure is the one to report; a stray draft is hidden and harmless.
        }
    }
}
