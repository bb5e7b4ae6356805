package dev.ortune.repository;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.error.UnavailableException;
import dev.ortune.io.AtomicFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The repository on disk: {@code <model>/model.json} and {@code <model>/<number>/}, an adapter
 * folder with {@code record.json}; what is hidden is on its way in or out. The folder of a tenant's
 * model has the tenant before it, {@code <tenant>~<model>}; the default tenant's has not.
 *
 * <p>A change is done once {@code model.json} is renamed into its place, or with a model's first
 * version the model's folder; the process may be killed at any point. Threads may change different
 * models at a time; changes of one model are the caller's to serialise.
 */
final class RepositoryFolder {

    private static final String DRAFTS = ".drafts";

    private final Path root;
    private final RepositoryOwnership ownership;

    RepositoryFolder(Path root, RepositoryOwnership ownership) {
        this.root = root;
        this.ownership = ownership;
    }

    /**
     * A new draft.
     *
     * @throws dev.ortune.error.InvalidInputException {@code MODEL_READ_ONLY} when this process does
     *     not own the repository
     */
    Draft newDraft() {
        ownership.require();
        Path folder = root.resolve(DRAFTS).resolve(UUID.randomUUID().toString());
        try {
            Files.createDirectories(folder);
            return new Draft(folder);
        } catch (IOException e) {
            throw RepositoryFault.notWritten(folder, e);
        }
    }

    private Path modelFolder(ModelName model) {
        return root.resolve(model.qualified());
    }

    /** Where a version stands. */
    Path versionFolder(ModelName model, int number) {
        return modelFolder(model).resolve(Integer.toString(number));
    }

    /** Takes a complete adapter folder in, as the version that the new state has on top. */
    void addVersion(Path adapter, PublishedModel after, PublishedVersion version, boolean first) {
        ownership.require();
        try {
            if (first) {
                addModel(adapter, after, version);
                return;
            }
            // A number that was never given: what stands there is left over.
            Folders.deleteQuietly(version.folder());
            Folders.move(adapter, version.folder());
            writeDocument(version.folder().getParent(), after);
        } catch (IOException e) {
            throw RepositoryFault.notWritten(version.folder(), e);
        }
    }

    private void addModel(Path adapter, PublishedModel after, PublishedVersion version)
            throws IOException {
        Path folder = modelFolder(after.name());
        if (Files.exists(folder)) {
            throw RepositoryFault.invalid(
                    "The name \"" + after.name() + "\" is taken by a damaged model.",
                    "Publish under another name, or have the repository repaired: the service's"
                            + " log says what is wrong.");
        }
        try (Draft draft = newDraft()) {
            Path model = Files.createDirectory(draft.folder().resolve(folder.getFileName()));
            Folders.move(adapter, model.resolve(Integer.toString(version.number())));
            writeDocument(model, after);
            Folders.move(model, folder);
        }
    }

    /** Writes what a model has. */
    void save(PublishedModel after) {
        ownership.require();
        Path folder = modelFolder(after.name());
        try {
            writeDocument(folder, after);
        } catch (IOException e) {
            throw RepositoryFault.notWritten(folder, e);
        }
    }

    /** Removes the folder of a version that the saved model no longer has. */
    void removeVersion(PublishedVersion version) {
        ownership.require();
        try {
            moveAwayAndDelete(version.folder());
        } catch (IOException e) {
            // It is deleted for every reader of model.json; the next start removes the rest.
            Folders.deleteQuietly(version.folder());
        }
    }

    void removeModel(ModelName model) {
        ownership.require();
        Path folder = modelFolder(model);
        try {
            moveAwayAndDelete(folder);
        } catch (IOException e) {
            throw RepositoryFault.notWritten(folder, e);
        }
    }

    /** Deletes what killed processes left half done. */
    void deleteDrafts() {
        Folders.deleteQuietly(root.resolve(DRAFTS));
    }

    /** The models' folders, by name; hidden ones are none. */
    List<Path> modelFolders() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(root)) {
            return entries.filter(Files::isDirectory)
                    .filter(entry -> !entry.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new InvalidInputException(
                    ErrorCode.INVALID_OPTION,
                    "ortune.repository " + root + " cannot be listed: " + e + ".",
                    "Let the service read the folder, or set ortune.repository to another.",
                    e);
        }
    }

    private void moveAwayAndDelete(Path folder) throws IOException {
        try (Draft draft = newDraft()) {
            Files.move(folder, draft.folder().resolve("deleted"));
            Folders.sync(folder.getParent());
        }
    }

    private static void writeDocument(Path folder, PublishedModel model) throws IOException {
        write(folder.resolve(ModelDocument.FILE), ModelDocument.of(model));
        Folders.sync(folder);
    }

    /** Writes a version's record into its folder, before that is taken in. */
    static void writeRecord(Path adapter, VersionRecord record) {
        try {
            write(adapter.resolve(VersionRecord.FILE), record);
        } catch (IOException e) {
            throw RepositoryFault.notWritten(adapter, e);
        }
    }

    /**
     * What is known of the version in a folder.
     *
     * @throws IOException when it is missing, damaged or of another format
     */
    static VersionRecord readRecord(Path version) throws IOException {
        VersionRecord record =
                RepositoryJson.read(version.resolve(VersionRecord.FILE), VersionRecord.class);
        if (record.formatVersion() != VersionRecord.FORMAT_VERSION) {
            throw new IOException("its format is " + record.formatVersion());
        }
        return record;
    }

    private static void write(Path file, Object value) throws IOException {
        byte[] content = RepositoryJson.write(value);
        try {
            AtomicFiles.write(file, out -> out.write(content));
        } catch (InvalidInputException | UnavailableException e) {
            // Its message names the path, which is not for clients.
            throw new IOException(e.getCause().getMessage(), e);
        }
    }
}
