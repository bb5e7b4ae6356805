package dev.ortune.file;

import dev.ortune.error.InternalException;
import dev.ortune.io.AtomicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** In a folder, whose files get a second name where they are to be read. */
public final class FolderBlobs implements Blobs {

    private final Path folder;

    /**
     * Contents in a folder.
     *
     * @param folder made when the first file comes
     */
    public FolderBlobs(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public Written write(String id, InputStream content, long maxBytes) throws IOException {
        return ReceivedBlob.write(path(id), content, maxBytes);
    }

    @Override
    public boolean place(String id, Path target) {
        Path content = path(id);
        try {
            link(target, content);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(target, e);
        }
    }

    private static void link(Path named, Path content) throws IOException {
        try {
            Files.createLink(named, content);
        } catch (UnsupportedOperationException | FileSystemException e) {
            // Not every system has links, and none has them between disks.
            Files.copy(content, named);
        }
    }

    @Override
    public Optional<InputStream> open(String id) {
        try {
            return Optional.of(Files.newInputStream(path(id)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new InternalException("A file's content could not be opened.", e);
        }
    }

    @Override
    public void delete(String id) {
        try {
            Files.deleteIfExists(path(id));
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(path(id), e);
        }
    }

    private Path path(String id) {
        return folder.resolve(Blobs.require(id));
    }
}
