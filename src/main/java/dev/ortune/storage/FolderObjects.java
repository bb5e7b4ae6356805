package dev.ortune.storage;

import dev.ortune.io.AtomicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** In a folder on a volume that all processes have mounted. */
public final class FolderObjects implements ObjectStore {

    private final Path root;

    public FolderObjects(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    @Override
    public void put(String key, Path file) {
        Path target = path(key);
        try {
            Files.createDirectories(target.getParent());
        } catch (IOException e) {
            throw StorageFault.ofCopy(place(), target, e);
        }
        AtomicFiles.write(target, out -> Files.copy(file, out));
    }

    @Override
    public boolean fetch(String key, Path target) {
        try {
            Files.copy(path(key), target, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw StorageFault.ofCopy(place(), target, e);
        }
    }

    @Override
    public Optional<InputStream> open(String key) {
        try {
            return Optional.of(Files.newInputStream(path(key)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw StorageFault.unavailable(place(), e);
        }
    }

    @Override
    public List<String> list(String prefix) {
        // The deepest folder that all such keys are in.
        Path folder = root.resolve(prefix.substring(0, prefix.lastIndexOf('/') + 1));
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("."))
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(key -> key.startsWith(prefix))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw StorageFault.unavailable(place(), e);
        }
    }

    @Override
    public void delete(String key) {
        try {
            Files.deleteIfExists(path(key));
        } catch (IOException e) {
            throw StorageFault.unavailable(place(), e);
        }
    }

    @Override
    public String place() {
        return root.toString();
    }

    private Path path(String key) {
        return root.resolve(ObjectKeys.require(key));
    }
}
