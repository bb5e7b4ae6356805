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
import java.util.Objects;
import java.util.Optional;

/**
 * One version of a model: immutable, and equal to no other that ever was.
 *
 * <p>The reading methods may be called by any thread, also after the version was deleted: they then
 * report it. What they return stands by itself in memory.
 *
 * @param model the model's name and tenant, as {@link PublishedModel#name}
 * @param number counted from 1
 * @param folder a PEFT adapter folder, there while it is {@linkplain #hold held}
 * @param record what is known without reading the folder
 * @param source where its files come from
 */
public record PublishedVersion(
        ModelName model, int number, Path folder, VersionRecord record, VersionSource source) {

    /** Versions are what they are, wherever they were read. */
    @Override
    public boolean equals(Object other) {
        return other instanceof PublishedVersion version
                && model.equals(version.model)
                && number == version.number
                && record.equals(version.record);
    }

    @Override
    public int hashCode() {
        return Objects.hash(model, number, record.id());
    }

    /** Unique for ever, as {@link VersionRecord#id()}. */
    public String id() {
        return record.id();
    }

    /** Whether it is a configured folder. */
    public boolean readOnly() {
        return source == FolderSource.CONFIGURED;
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
        try (VersionSource.Hold hold = hold()) {
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
        try (VersionSource.Hold hold = hold()) {
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
        try (VersionSource.Hold hold = hold()) {
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
        try (VersionSource.Hold hold = hold()) {
            return Files.mismatch(folder.resolve(config), adapter.resolve(config)) < 0;
        } catch (IOException e) {
            throw new InternalException("An adapter of the repository could not be compared.", e);
        }
    }

    /**
     * Sees to it that the folder is on this machine, until it is let go.
     *
     * @throws InvalidInputException {@code VERSION_NOT_FOUND} when it has been deleted
     */
    VersionSource.Hold hold() {
        return source.hold(this);
    }

    /**
     * Refuses to have read what was deleted meanwhile.
     *
     * @throws InvalidInputException {@code VERSION_NOT_FOUND}
     */
    void requireThere() {
        if (!source.isThere(this)) {
            throw RepositoryFault.versionNotFound(reference());
        }
    }
}
