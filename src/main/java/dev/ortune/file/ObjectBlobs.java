package dev.ortune.file;

import dev.ortune.io.AtomicFiles;
import dev.ortune.storage.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** In an object store that processes share. */
public final class ObjectBlobs implements Blobs {

    private final ObjectStore objects;
    private final Path scratch;

    /**
     * Contents in a store.
     *
     * @param scratch a folder of this process for what comes in
     */
    public ObjectBlobs(ObjectStore objects, Path scratch) {
        this.objects = objects;
        this.scratch = scratch;
    }

    @Override
    public Written write(String id, InputStream content, long maxBytes) throws IOException {
        Path file = scratchFile(id);
        try {
            Written written = ReceivedBlob.write(file, content, maxBytes);
            objects.put(key(id), file);
            return written;
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private Path scratchFile(String id) {
        try {
            Files.createDirectories(scratch);
            return Files.createTempFile(scratch, Blobs.require(id), "");
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(scratch, e);
        }
    }

    @Override
    public boolean place(String id, Path target) {
        return objects.fetch(key(id), target);
    }

    @Override
    public Optional<InputStream> open(String id) {
        return objects.open(key(id));
    }

    @Override
    public void delete(String id) {
        objects.delete(key(id));
    }

    private static String key(String id) {
        return "files/" + Blobs.require(id);
    }
}
