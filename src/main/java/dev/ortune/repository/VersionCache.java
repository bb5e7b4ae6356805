package dev.ortune.repository;

import dev.ortune.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Versions' folders on this machine, by the versions' ids: brought from the object store when they are
 * read, and deleted again when room is short and nobody reads them. An id never means anything else, so
 * nothing here is ever out of date. Thread-safe.
 */
final class VersionCache implements VersionSource {

    private static final Logger LOG = Logger.getLogger(VersionCache.class);
    private static final String DRAFTS = ".drafts";

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
                                        new Kept(bytes(folder), Instant.EPOCH, 0)));
    }

    /**
     * What is known of a folder, or of one that is being brought.
     *
     * @param used when it was asked for last
     * @param readers who hold it
     */
    private record Kept(long bytes, Instant used, int readers) {}

    /** What is here now, or is being brought. */
    CachedVersions use() {
        return new CachedVersions(kept.size(), kept.values().stream().mapToLong(Kept::bytes).sum());
    }

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
    public Hold hold(PublishedVersion version) {
        // One download at a time of each model; the others wait for it.
        return locks.locked(
                version.model(),
                () -> {
                    // From here on it makes room for nobody.
                    take(version.id(), version.record().bytes());
                    try {
                        if (!Files.isDirectory(version.folder())) {
                            download(version);
                        }
                    } catch (RuntimeException e) {
                        release(version.id());
                        throw e;
                    }
                    AtomicBoolean held = new AtomicBoolean(true);
                    return () -> {
                        if (held.getAndSet(false)) {
                            release(version.id());
                        }
                    };
                });
    }

    private void take(String id, long bytes) {
        kept.compute(
                id,
                (key, before) ->
                        before == null
                                ? new Kept(bytes, clock.instant(), 1)
                                : new Kept(before.bytes(), clock.instant(), before.readers() + 1));
    }

    private void release(String id) {
        kept.computeIfPresent(
                id,
                (key, before) ->
                        before.readers() == 1 && !Files.isDirectory(root.resolve(id))
                                ? null
                                : new Kept(before.bytes(), before.used(), before.readers() - 1));
    }

    @Override
    public boolean isThere(PublishedVersion version) {
        return known.test(version);
    }

    /** Takes a folder in that came from here, unless somebody has had it brought already. */
    void add(PublishedVersion version, Path adapter) {
        locks.locked(
                version.model(),
                () -> {
                    try {
                        Folders.move(adapter, version.folder());
                        take(version.id(), bytes(version.folder()));
                        release(version.id());
                    } catch (IOException e) {
                        // It is fetched when it is read.
                        LOG.debugf(e, "The version %s is not kept here", version.id());
                    }
                    return version;
                });
        makeRoom();
    }

    /** Deletes a folder that nobody will ask for again. */
    void remove(String id) {
        kept.remove(id);
        Folders.deleteQuietly(root.resolve(id));
    }

    private void download(PublishedVersion version) {
        makeRoom();
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

    /** Deletes what nobody reads and what was not asked for the longest time, until the rest fits in. */
    private void makeRoom() {
        synchronized (room) {
            long taken = kept.values().stream().mapToLong(Kept::bytes).sum();
            Queue<Map.Entry<String, Kept>> oldest =
                    new PriorityQueue<>(
                            Map.Entry.comparingByValue(Comparator.comparing(Kept::used)));
            kept.entrySet().stream()
                    .map(entry -> Map.entry(entry.getKey(), entry.getValue()))
                    .forEach(oldest::add);
            while (taken > maxBytes && !oldest.isEmpty()) {
                Map.Entry<String, Kept> next = oldest.remove();
                if (removeUnread(next.getKey())) {
                    taken -= next.getValue().bytes();
                }
            }
        }
    }

    /** Whoever comes for it meanwhile waits, and finds that it has to be brought again. */
    private boolean removeUnread(String id) {
        return kept.computeIfPresent(
                        id,
                        (key, now) -> {
                            if (now.readers() > 0) {
                                return now;
                            }
                            Folders.deleteQuietly(root.resolve(id));
                            return null;
                        })
                == null;
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
