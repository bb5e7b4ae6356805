package dev.ortune.base;

import dev.ortune.io.AtomicFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The cache of Hugging Face's own tools: {@code models--org--name/} with {@code blobs/<etag>},
 * {@code snapshots/<commit>/<file>} as links to blobs, and {@code refs/main} (huggingface_hub,
 * "Understand caching").
 */
final class HubCache {

    /** Makes a symbolic link; fails where the system has none. */
    @FunctionalInterface
    interface SymbolicLinks {
        void create(Path link, Path target) throws IOException;
    }

    private final Path root;
    private final SymbolicLinks links;
    private final SnapshotFiles snapshotFiles = new SnapshotFiles();

    HubCache(Path root, SymbolicLinks links) {
        this.root = root;
        this.links = links;
    }

    HubCache(Path root) {
        this(root, Files::createSymbolicLink);
    }

    /** The commit that {@code refs/main} names, if its snapshot holds all that is needed. */
    Optional<String> completeCommit(RepositoryName name) {
        try {
            String commit = Files.readString(reference(name)).strip();
            boolean complete =
                    HubClient.COMMIT.matcher(commit).matches()
                            && snapshotFiles.isComplete(snapshot(name, commit));
            return complete ? Optional.of(commit) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    Path snapshot(RepositoryName name, String commit) {
        return folder(name).resolve("snapshots").resolve(commit);
    }

    Path blob(RepositoryName name, BlobId blob) {
        return folder(name).resolve("blobs").resolve(blob.hexadecimal());
    }

    Path lock(RepositoryName name, BlobId blob) {
        return root.resolve(".locks")
                .resolve(name.cacheFolder())
                .resolve(blob.hexadecimal() + ".lock");
    }

    /** Whether the snapshot shows the file with its right length. */
    boolean holds(RepositoryName name, String commit, RemoteFile file) {
        return hasSize(snapshot(name, commit).resolve(file.name()), file);
    }

    boolean holdsBlob(RepositoryName name, RemoteFile file) {
        return hasSize(blob(name, file.blob()), file);
    }

    /** Shows a blob in a snapshot, as a link, or by moving it where the system has no links. */
    void show(RepositoryName name, String commit, RemoteFile file) {
        Path pointer = snapshot(name, commit).resolve(file.name());
        Path blob = blob(name, file.blob());
        try {
            Files.createDirectories(pointer.getParent());
            Files.deleteIfExists(pointer);
            try {
                links.create(pointer, pointer.getParent().relativize(blob));
            } catch (FileAlreadyExistsException e) {
                // Another process was faster, with the same link.
            } catch (UnsupportedOperationException | IOException e) {
                Files.move(blob, pointer, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new CacheWriteFailure("HF_HOME").of(pointer, e);
        }
    }

    /** Makes this commit the one that {@code main} stands for. */
    void point(RepositoryName name, String commit) {
        AtomicFiles.write(
                reference(name), out -> out.write(commit.getBytes(StandardCharsets.US_ASCII)));
    }

    private Path folder(RepositoryName name) {
        return root.resolve(name.cacheFolder());
    }

    private Path reference(RepositoryName name) {
        return folder(name).resolve("refs").resolve("main");
    }

    private static boolean hasSize(Path path, RemoteFile file) {
        try {
            long size = Files.size(path);
            return file.sizeBytes().orElse(size) == size;
        } catch (IOException e) {
            return false;
        }
    }
}
