package dev.ortune.repository.archive;

import dev.ortune.error.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a client sends, on its way to the disk; never held in memory. */
public final class ReceivedFile {

    private ReceivedFile() {}

    /**
     * Writes a request's body to a file.
     *
     * @param target must not exist; on an error part of it may
     * @throws InvalidInputException {@code ARCHIVE_TOO_LARGE} once it exceeds the limit
     * @throws IOException when the body breaks off
     * @throws UncheckedIOException when the file cannot be written
     */
    public static void receive(InputStream body, Path target, ArchiveLimits limits)
            throws IOException {
        ByteBudget budget =
                new ByteBudget(
                        limits.maxBytes(),
                        () ->
                                ArchiveFault.tooLarge(
                                        "has more than " + limits.maxBytes() + " bytes"));
        write(target, new BudgetedStream(body, budget));
    }

    /**
     * Copies one file of an adapter into its folder.
     *
     * @throws InvalidInputException {@code ARCHIVE_TOO_LARGE} when it exceeds what such a file may
     *     have
     * @throws IOException when the source cannot be read
     * @throws UncheckedIOException when the file cannot be written
     */
    public static void copy(Path source, AdapterFile file, Path folder) throws IOException {
        ByteBudget budget =
                new ByteBudget(
                        file.maxBytes(),
                        () -> ArchiveFault.entryTooLarge(file.fileName(), file.maxBytes()));
        try (InputStream in = Files.newInputStream(source)) {
            write(folder.resolve(file.fileName()), new BudgetedStream(in, budget));
        }
    }

    private static void write(Path target, InputStream source) throws IOException {
        try {
            SyncedFile.write(target, source);
        } catch (SyncedFile.WriteFailure e) {
            throw new UncheckedIOException(e.failure());
        }
    }
}
