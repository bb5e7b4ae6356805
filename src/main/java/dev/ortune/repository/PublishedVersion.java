package dev.ortune.repository;

import dev.ortune.adapter.AdapterFolder;
import dev.ortune.adapter.OpenAdapter;
import dev.ortune.adapter.StoredAdapter;
import dev.ortune.error.InternalException;
import dev.ortune.error.InvalidInputException;
import dev.ortune.error.OrtuneException;
import dev.ortune.repository.archive.AdapterFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One version of a model: immutable, and equal to no other that ever was.
 *
 * <p>The reading methods may be called by any thread, also after the version was deleted: they then
 * report it. What they return stands by itself in memory.
 *
 * @param model the model's name and tenant, as {@link PublishedModel#name}
 * @param number counted from 1
 * @param folder a PEFT adapter folder
 * @param record what is known without reading the folder
 * @param readOnly whether it is a configured folder
 */
public record PublishedVersion(
        ModelName model, int number, Path folder, VersionRecord record, boolean readOnly) {

    /** Unique for ever, as {@link VersionRecord#id()}. */
    public String id() {
        return record.id();
    }

    /** {@code model@number}. */
    public ModelReference reference() {
        return new ModelReference(model, Optional.of(Integer.toString(number)));
    }

    /** Its own {@code tokenizer.json}, if the base's does not serve. */
    public Optional<Path> tokenizer() {
        return record.tokenizerSha256()
                .map(sha256 -> folder.resolve(AdapterFile.TOKENIZER.fileName()));
    }

    /**
     * The adapter with its weights, all in memory.
     *
     * @throws InvalidInputException {@code VERSION_NOT_FOUND} when it has been deleted
     */
    public StoredAdapter read() {
        try {
            StoredAdapter stored = AdapterFolder.read(folder);
            requireThere();
            return stored;
        } catch (OrtuneException e) {
            requireThere();
            throw e;
        }
    }

    /**
     * The adapter with its weights still on disk.
     *
     * @return the caller's to close; readable until then, even if the version is deleted
     * @throws InvalidInputException {@code VERSION_NOT_FOUND} when it has been deleted
     */
    public OpenAdapter open() {
        OpenAdapter adapter;
        try {
            adapter = AdapterFolder.open(folder);
        } catch (OrtuneException e) {
            requireThere();
            throw e;
        }
        try {
            requireThere();
            return adapter;
        } catch (RuntimeException e) {
            adapter.close();
            throw e;
        }
    }

    /**
     * The content of {@link #tokenizer()}.
     *
     * @throws InvalidInputException {@code VERSION_NOT_FOUND} when it has been deleted
     */
    public Optional<byte[]> readTokenizer() {
        if (tokenizer().isEmpty()) {
            return Optional.empty();
        }
        try {
            byte[] content = Files.readAllBytes(tokenizer().get());
            requireThere();
            return Optional.of(content);
        } catch (NoSuchFileException e) {
            throw RepositoryFault.versionNotFound(reference());
        } catch (IOException e) {
            throw new InternalException("A tokenizer of the repository could not be read.", e);
        }
    }

    /** Whether a folder holds the adapter that this version has: the same record, but for when. */
    boolean holds(Path adapter, VersionRecord other) {
        if (!record.isOfSameAdapter(other)) {
            return false;
        }
        String config = AdapterFile.CONFIG.fileName();
        try {
            return Files.mismatch(folder.resolve(config), adapter.resolve(config)) < 0;
        } catch (IOException e) {
            throw new InternalException("An adapter of the repository could not be compared.", e);
        }
    }

    /** A deleted folder moves away as a whole, and another may come to stand in its place. */
    void requireThere() {
        if (readOnly) {
            return;
        }
        try {
            if (RepositoryFolder.readRecord(folder).id().equals(id())) {
                return;
            }
        } catch (IOException e) {
            // Gone: said below.
        }
        throw RepositoryFault.versionNotFound(reference());
    }
}
