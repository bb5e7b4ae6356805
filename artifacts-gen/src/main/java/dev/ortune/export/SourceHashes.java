package dev.ortune.export;

import dev.ortune.error.OrtuneException;
import dev.ortune.io.AtomicFiles;
import dev.ortune.io.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The hashes of checkpoints' contents, each remembered with what the file system says of the files:
 * weights are read once, not whenever a process starts.
 *
 * <p>Nobody can set the time of a file's last change of status ({@code ctime} of POSIX's {@code
 * stat.h}), so whatever was written to, replaced or given another time is hashed again. So is what
 * changed so shortly before it was hashed that a later change might bear the same time (as Git's
 * index has it: "racy" entries), and everything on a file system without such times.
 *
 * <p>Safe for concurrent processes; what one cannot write is hashed by the next.
 */
final class SourceHashes {

    /** Coarser than the times of any file system that is in use. */
    private static final Duration SETTLED = Duration.ofSeconds(3);

    private static final String ATTRIBUTES = "unix:dev,ino,size,lastModifiedTime,ctime";

    private final Path folder;
    private final InstantSource clock;

    /** Remembers in a folder. */
    SourceHashes(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * The hash of a checkpoint's contents.
     *
     * @param value of all files' hashes, lower-case hexadecimal
     * @param memory writes it down
     */
    record SourceHash(String value, Runnable memory) {

        /** Has it at hand from now on: once it has led to something, so that nothing else is left. */
        void remember() {
            memory.run();
        }
    }

    /**
     * A checkpoint's hash.
     *
     * @param directory where the files are
     */
    SourceHash of(Path directory, List<Path> files) {
        Optional<String> stamp = stamp(files);
        Path memory = memory(directory);
        Optional<String> known = stamp.flatMap(value -> read(memory, value));
        if (known.isPresent()) {
            return new SourceHash(known.get(), () -> {});
        }
        String hash = hash(files);
        return new SourceHash(hash, () -> stamp.ifPresent(value -> remember(memory, value, hash)));
    }

    private static String hash(List<Path> files) {
        MessageDigest digest = Sha256.newDigest();
        for (Path file : files) {
            digest.update(HashedFile.of(file).sha256().getBytes(StandardCharsets.US_ASCII));
        }
        return Sha256.hex(digest);
    }

    /** What the files are known by; empty if that does not vouch for their contents. */
    private Optional<String> stamp(List<Path> files) {
        Instant settled = clock.instant().minus(SETTLED);
        MessageDigest digest = Sha256.newDigest();
        try {
            for (Path file : files) {
                Map<String, Object> attributes = Files.readAttributes(file, ATTRIBUTES);
                FileTime changed = (FileTime) attributes.get("ctime");
                if (changed.toInstant().isAfter(settled)) {
                    return Optional.empty();
                }
                String words =
                        String.join(
                                "\n",
                                file.getFileName().toString(),
                                attributes.get("dev").toString(),
                                attributes.get("ino").toString(),
                                attributes.get("size").toString(),
                                attributes.get("lastModifiedTime").toString(),
                                changed.toString());
                digest.update((words + "\n\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.empty();
        }
        return Optional.of(Sha256.hex(digest));
    }

    private Path memory(Path directory) {
        MessageDigest digest = Sha256.newDigest();
        digest.update(directory.toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8));
        return folder.resolve(Sha256.hex(digest));
    }

    private static Optional<String> read(Path memory, String stamp) {
        try {
            List<String> lines = Files.readAllLines(memory);
            return lines.size() == 2 && lines.get(0).equals(stamp)
                    ? Optional.of(lines.get(1))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void remember(Path memory, String stamp, String hash) {
        try {
            byte[] lines = (stamp + "\n" + hash + "\n").getBytes(StandardCharsets.US_ASCII);
            AtomicFiles.write(memory, out -> out.write(lines));
        } catch (OrtuneException e) {
            // A cache that may only be read serves all the same.
        }
    }
}
