package dev.ortune.repository;

import dev.ortune.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Versions' folders on this machine, by the versions' ids: brought from the object store when they are
 * read, and deleted again when room is short. An id never means anything else, so nothing here is ever
 * out of date. Thread-safe.
 */
final class VersionCache implements VersionSource {

    private static final Logger LOG = Logger.getLogger(VersionCache.class);
    private static final String DRAFTS = ".drafts";

    /** Whoever has just asked for a folder is reading it. */
    private static final Duration IN_USE = Duration.ofMinutes(5);

    private final ObjectStore objects;
    private final Path root;
    private final long maxBytes;
    private final Predicate<PublishedVersion> known;
    private final InstantSource clock;

    /** What is here, by id. */
    private final Map<String, Kept> kept = new ConcurrentHashMap<>();

    private final ModelLocks locks = new ModelLocks();
    private final Object room = new Object();

    /**
     * A cache.
     *
     * @param root of this process alone; what an earlier one left half done is deleted
     * @param known whether a version was not deleted
     */
    VersionCache(
            ObjectStore objects,
            Path root,
            long maxBytes,
            Predicate<PublishedVersion> known,
            InstantSource clock) {
        this.objects = objects;
        this.root = root;
        this.maxBytes = maxBytes;
        this.known = known;
        this.clock = clock;
        Folders.deleteQuietly(root.resolve(DRAFTS));
        folders()
                .forEach(
                        folder ->
                                kept.put(
                                        folder.getFileName().toString(),
                                        new Kept(bytes(folder), Instant.EPOCH)));
    }

    /** A folder's size, and when it was asked for last. */
    private record Kept(long bytes, Instant used) {}

    /** A version whose folder is here when it is read. */
    PublishedVersion version(ModelName model, int number, VersionRecord record) {
        return new PublishedVersion(model, number, root.resolve(record.id()), record, this);
    }

    /** A hidden folder. */
    Draft newDraft() {
        Path folder = root.resolve(DRAFTS).resolve(UUID.randomUUID().toString());
        try {
            Files.createDirectories(folder);
            return new Draft(folder);
        } catch (IOException e) {
            throw RepositoryFault.notWritten(folder, e);
        }
    }

    /** The key of a version's files. */
    static String key(String id) {
        return "models/" + id + ".tar";
    }

    @Override
    public void fetch(PublishedVersion version) {
        // One download at a time of each model; the others wait for it.
        locks.locked(
                version.model(),
                () -> {
                    if (!Files.isDirectory(version.folder())) {
                        download(version);
                    }
                    return keep(version.id());
                });
    }

    private Kept keep(String id) {
        return kept.compute(
                id,
                (key, before) ->
                        new Kept(
                                before == null ? bytes(root.resolve(id)) : before.bytes(),
                                clock.instant()));
    }

    @Override
    public boolean isThere(PublishedVersion version) {
        return known.test(version);
    }

    /** Takes a folder in that came from here. */
    void add(String id, Path adapter) {
        try {
            Folders.move(adapter, root.resolve(id));
            keep(id);
        } catch (IOException e) {
            // It is fetched when it is read.
            LOG.debugf(e, "The version %s is not kept here", id);
        }
    }

    /** Deletes a folder that nobody will ask for again. */
    void remove(String id) {
        kept.remove(id);
        Folders.deleteQuietly(root.resolve(id));
    }

    private void download(PublishedVersion version) {
        makeRoom(version.record().bytes());
        try (Draft draft = newDraft()) {
            if (!objects.fetch(key(version.id()), draft.body())) {
                throw RepositoryFault.versionNotFound(version.reference());
            }
            try {
                Files.createDirectory(draft.adapter());
                PackedAdapter.unpack(draft.body(), draft.adapter());
                Folders.move(draft.adapter(), version.folder());
            } catch (IOException e) {
                throw RepositoryFault.notWritten(version.folder(), e);
            }
        }
    }

    /** Deletes what was not used for the longest time, until more fits in. */
    private void makeRoom(long bytes) {
        synchronized (room) {
            long taken = kept.values().stream().mapToLong(Kept::bytes).sum();
            Instant before = clock.instant().minus(IN_USE);
            Queue<Map.Entry<String, Kept>> oldest =
                    new PriorityQueue<>(
                            Map.Entry.comparingByValue(Comparator.comparing(Kept::used)));
            kept.entrySet().stream()
                    .filter(entry -> entry.getValue().used().isBefore(before))
                    .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                    .forEach(oldest::add);
            while (taken + bytes > maxBytes && !oldest.isEmpty()) {
                Map.Entry<String, Kept> next = oldest.remove();
                taken -= next.getValue().bytes();
                remove(next.getKey());
            }
        }
    }

    private List<Path> folders() {
        try (Stream<Path> all = Files.list(root)) {
            return all.filter(folder -> !folder.getFileName().toString().startsWith(".")).toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static long bytes(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException e) {
            return 0;
        }
    }
}
