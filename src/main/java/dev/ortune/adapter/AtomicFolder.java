package dev.ortune.adapter;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.io.AtomicFiles;
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
import java.util.stream.Stream;

/** A folder that appears with all its files or not at all: written beside its place, then renamed. */
final class AtomicFolder {

    /** Writes the files. */
    @FunctionalInterface
    interface Content {
        void writeTo(Draft draft) throws IOException;
    }

    /**
     * The folder before it has its name.
     *
     * @param directory where it stands now
     */
    record Draft(Path directory) {

        /** Writes and syncs one file, with the permissions that the user's umask gives. */
        void file(String name, AtomicFiles.Content content) throws IOException {
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
    }

    private AtomicFolder() {}

    static void write(Path folder, Content content) {
        requireFree(folder);
        Path target = folder.toAbsolutePath().normalize();
        Path draft = target.resolveSibling("." + target.getFileName() + "-" + UUID.randomUUID());
        try {
            Files.createDirectories(target.getParent());
            Files.createDirectory(draft);
            content.writeTo(new Draft(draft));
            // An empty folder in the way, as requireFree allows, gives way here.
            Files.deleteIfExists(target);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(folder, e);
        } catch (UncheckedIOException e) {
            throw AtomicFiles.writeFailure(folder, e.getCause());
        } finally {
            deleteDraft(draft);
        }
    }

    /** As {@link #write}, but a folder that is there gives way once the new one is complete. */
    static void replace(Path folder, Content content) {
        if (!Files.exists(folder)) {
            write(folder, content);
            return;
        }
        Path target = folder.toAbsolutePath().normalize();
        Path fresh = target.resolveSibling("." + target.getFileName() + "-" + UUID.randomUUID());
        Path old = target.resolveSibling("." + target.getFileName() + "-" + UUID.randomUUID());
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

    static void requireFree(Path folder) {
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
