package dev.ortune.repository;

import dev.ortune.adapter.AdapterFolder;
import dev.ortune.adapter.StoredAdapter;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InternalException;
import dev.ortune.error.InvalidInputException;
import dev.ortune.repository.archive.AdapterArchive;
import dev.ortune.repository.archive.AdapterFile;
import dev.ortune.repository.archive.ArchiveLimits;
import dev.ortune.repository.archive.ReceivedFile;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * Adapters from clients and trainings into the repository: received into a hidden folder, checked there against
 * their base, and only then visible.
 *
 * <p>Thread-safe; works in the calling thread. Uploads are received side by side and checked one
 * after the other, since a check holds an adapter's weights in memory.
 */
public final class AdapterUploads {

    private final AdapterRepository repository;
    private final KnownBases bases;
    private final ArchiveLimits limits;
    private final Semaphore checks = new Semaphore(1, true);

    public AdapterUploads(AdapterRepository repository, KnownBases bases, ArchiveLimits limits) {
        this.repository = repository;
        this.bases = bases;
        this.limits = limits;
    }

    /** Fills an empty draft. */
    @FunctionalInterface
    private interface Source {
        void fill(Draft draft) throws IOException;
    }

    /** Takes a draft's checked adapter in. */
    @FunctionalInterface
    private interface Entry {
        PublishedVersion take(Publication publication, Path adapter, VersionRecord record);
    }

    /**
     * Publishes the adapter in an archive.
     *
     * @param body a zip, a tar or a tar.gz; read to its end, not closed
     * @throws InvalidInputException {@code ARCHIVE_FORMAT}, {@code ARCHIVE_TOO_LARGE}, {@code
     *     BASE_NOT_FOUND}, {@code MODEL_READ_ONLY}; for the adapter as {@link
     *     AdapterFolder#read} and {@code ADAPTER_MISMATCH}, {@code CHECKSUM_MISMATCH}
     * @throws dev.ortune.error.UnavailableException {@code DISK_FULL}
     * @throws IOException when the body breaks off
     */
    public PublishedVersion publish(Publication publication, InputStream body) throws IOException {
        return publish(
                publication,
                draft -> {
                    ReceivedFile.receive(body, draft.body(), limits);
                    extract(draft.body(), draft);
                    onDisk(draft, draft::deleteBody);
                },
                repository::publish);
    }

    /**
     * Publishes an adapter whose files came one by one, or as one archive among them.
     *
     * @throws InvalidInputException as {@link #publish(Publication, InputStream)}
     */
    public PublishedVersion publish(Publication publication, List<UploadedFile> files)
            throws IOException {
        return publish(publication, draft -> gather(files, draft), repository::publish);
    }

    /**
     * Publishes an adapter that was trained here, at most once: where the model has a version with
     * the very same adapter, whatever alias points to it by now, nothing changes. So who was
     * interrupted may ask again.
     *
     * @param adapter a folder that {@link AdapterFolder#write} made; copied, however large
     * @return the version that holds the adapter
     * @throws InvalidInputException as {@link #publish(Publication, InputStream)}
     */
    public PublishedVersion publishFolder(Publication publication, Path adapter) {
        try {
            return publish(publication, draft -> copy(adapter, draft), repository::publishOnce);
        } catch (IOException e) {
            throw new InternalException("A trained adapter could not be read.", e);
        }
    }

    private PublishedVersion publish(Publication publication, Source source, Entry entry)
            throws IOException {
        repository.requireChangeable(publication.model());
        try (Draft draft = repository.newDraft()) {
            onDisk(draft, () -> Files.createDirectory(draft.adapter()));
            try {
                source.fill(draft);
            } catch (UncheckedIOException e) {
                throw RepositoryFault.notWritten(draft.folder(), e.getCause());
            }
            VersionRecord record = inspect(draft.adapter(), publication.base());
            return entry.take(publication, draft.adapter(), record);
        }
    }

    private void extract(Path archive, Draft draft) {
        onDisk(draft, () -> AdapterArchive.extract(archive, draft.adapter(), limits));
    }

    private void gather(List<UploadedFile> files, Draft draft) throws IOException {
        if (files.size() == 1
                && AdapterFile.named(files.get(0).lastPart()).isEmpty()
                && AdapterArchive.isArchive(files.get(0).file())) {
            extract(files.get(0).file(), draft);
            return;
        }
        long bytes = 0;
        Set<AdapterFile> seen = EnumSet.noneOf(AdapterFile.class);
        for (UploadedFile file : files) {
            Optional<AdapterFile> known = AdapterFile.named(file.lastPart());
            if (known.isEmpty()) {
                continue;
            }
            if (!seen.add(known.get())) {
                throw unfit(ErrorCode.ARCHIVE_FORMAT, known.get().fileName() + " was sent twice.");
            }
            bytes += Files.size(file.file());
            if (bytes > limits.maxExtractedBytes()) {
                throw unfit(
                        ErrorCode.ARCHIVE_TOO_LARGE,
                        "The files have more than " + limits.maxExtractedBytes() + " bytes.");
            }
            ReceivedFile.copy(file.file(), known.get(), draft.adapter());
        }
        if (!seen.contains(AdapterFile.CONFIG)) {
            throw unfit(
                    ErrorCode.ARCHIVE_FORMAT,
                    "No part of the form is a file " + AdapterFile.CONFIG.fileName() + ".");
        }
    }

    private static void copy(Path adapter, Draft draft) throws IOException {
        for (AdapterFile file : AdapterFile.values()) {
            Path source = adapter.resolve(file.fileName());
            if (Files.isRegularFile(source)) {
                ReceivedFile.copy(source, file, draft.adapter());
            }
        }
    }

    private VersionRecord inspect(Path adapter, Optional<String> baseName) {
        checks.acquireUninterruptibly();
        try {
            StoredAdapter stored = AdapterFolder.read(adapter);
            KnownBase base = baseName.map(bases::base).orElseGet(() -> bases.match(stored));
            return AdapterInspection.inspect(stored, base);
        } catch (InvalidInputException e) {
            throw new InvalidInputException(
                    e.code(), withoutPlace(e.getMessage(), adapter), e.remedy(), e);
        } finally {
            checks.release();
        }
    }

    /** Clients know their files, not where they stand here. */
    private static String withoutPlace(String message, Path adapter) {
        return message.replace(adapter + File.separator, "")
                .replace(adapter.toString(), "The adapter");
    }

    private static InvalidInputException unfit(ErrorCode code, String message) {
        return new InvalidInputException(
                code, message, "Send each file of the adapter's folder once, by its own name.");
    }

    /** An action on the disk. */
    @FunctionalInterface
    private interface DiskAction {
        void run() throws IOException;
    }

    private static void onDisk(Draft draft, DiskAction action) {
        try {
            action.run();
        } catch (IOException e) {
            throw RepositoryFault.notWritten(draft.folder(), e);
        }
    }
}
