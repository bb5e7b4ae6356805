package dev.ortune.repository;

import dev.ortune.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * A repository of many processes: what models there are is in PostgreSQL, versions' files are in an
 * object store, and the versions that this process reads in a cache of its own.
 *
 * <p>A change is one transaction that holds the model's row; files are brought before it and deleted
 * after it, so that no version is ever without its files. Whoever dies in between leaves files that
 * belong to no version, and nothing else. Each change is told on the channel {@link #CHANNEL} when it
 * is committed.
 */
final class SharedStore implements RepositoryStore, SharedChanges {

    private static final Logger LOG = Logger.getLogger(SharedStore.class);

    /** No change takes longer from its moment to its commit. */
    private static final Duration LONGEST_CHANGE = Duration.ofMinutes(2);

    private final Jdbi database;
    private final ObjectStore objects;
    private final VersionCache cache;
    private final SharedRows rows;
    private volatile Optional<RepositoryFollower> follower = Optional.empty();

    /** The database's time up to which changes are known; of the thread that catches up. */
    private Instant known = Instant.EPOCH;

    /** What was changed shortly before that, and when; of the same thread. */
    private Map<ModelName, Instant> seen = Map.of();

    SharedStore(SharedSettings settings) {
        this.database = settings.database();
        this.objects = settings.objects();
        this.cache =
                new VersionCache(
                        settings.objects(),
                        settings.cache().toAbsolutePath().normalize(),
                        settings.cacheBytes(),
                        this::isKnown,
                        InstantSource.system());
        this.rows = new SharedRows(cache);
    }

    private boolean isKnown(PublishedVersion version) {
        return follower.filter(index -> index.has(version)).isPresent();
    }

    @Override
    public Map<ModelName, PublishedModel> load() {
        return database.inTransaction(
                handle -> {
                    rows.forget(handle);
                    known = time(handle);
                    return rows.all(handle);
                });
    }

    @Override
    public void follow(RepositoryFollower index) {
        follower = Optional.of(index);
    }

    @Override
    public void changed(String qualifiedName) {
        ModelName name = ModelName.ofQualified(qualifiedName);
        follower.ifPresent(
                index ->
                        index.changedElsewhere(
                                name,
                                () -> database.withHandle(handle -> rows.find(handle, name))));
    }

    @Override
    public void catchUp() {
        Instant since = known.minus(LONGEST_CHANGE);
        Map<ModelName, Instant> changed = new HashMap<>();
        Instant now =
                database.withHandle(
                        handle -> {
                            Instant moment = time(handle);
                            changed.putAll(rows.changedSince(handle, since));
                            return moment;
                        });
        changed.forEach(
                (name, moment) -> {
                    if (!moment.equals(seen.get(name))) {
                        changed(name.qualified());
                    }
                });
        // Only now: where one of them could not be read, all are asked for again.
        seen = changed;
        known = now;
    }

    private static Instant time(Handle handle) {
        return handle.createQuery("select clock_timestamp() as moment")
                .map((rs, context) -> rs.getObject("moment", OffsetDateTime.class).toInstant())
                .one();
    }

    @Override
    public boolean canChange() {
        return true;
    }

    @Override
    public void requireChangeable() {
        // Everybody may.
    }

    @Override
    public Draft newDraft() {
        return cache.newDraft();
    }

    @Override
    public StagedVersion stage(Path adapter, VersionRecord record) {
        String key = VersionCache.key(record.id());
        try (Draft draft = newDraft()) {
            PackedAdapter.pack(adapter, draft.body());
            objects.put(key, draft.body());
        } catch (IOException e) {
            throw RepositoryFault.notWritten(adapter, e);
        }
        AtomicBoolean taken = new AtomicBoolean();
        return new StagedVersion(
                adapter,
                record,
                taken,
                () -> {
                    if (!taken.get()) {
                        deleteFiles(record.id());
                    }
                });
    }

    @Override
    public <T> T change(
            ModelName model, Optional<PublishedModel> before, Function<RepositoryChange, T> work) {
        Change[] change = new Change[1];
        T result =
                database.inTransaction(
                        handle -> {
                            change[0] = new Change(handle, model, rows.lock(handle, model));
                            T done = work.apply(change[0]);
                            handle.createQuery("select pg_notify(:channel, :name)")
                                    .bind("channel", CHANNEL)
                                    .bind("name", model.qualified())
                                    .map((rs, context) -> true)
                                    .one();
                            return done;
                        });
        change[0].committed();
        return result;
    }

    private void deleteFiles(String id) {
        try {
            objects.delete(VersionCache.key(id));
        } catch (RuntimeException e) {
            LOG.warnf(e, "The files of the version %s are left in %s", id, objects.place());
        }
        cache.remove(id);
    }

    @Override
    public Optional<CachedVersions> cached() {
        return Optional.of(cache.use());
    }

    @Override
    public void close() {
        follower = Optional.empty();
    }

    private final class Change implements RepositoryChange {

        private final Handle handle;
        private final ModelName model;
        private final Optional<PublishedModel> before;
        private final List<Runnable> afterwards = new ArrayList<>();

        Change(Handle handle, ModelName model, Optional<PublishedModel> before) {
            this.handle = handle;
            this.model = model;
            this.before = before;
        }

        @Override
        public Optional<PublishedModel> before() {
            return before;
        }

        @Override
        public PublishedVersion version(int number, StagedVersion staged) {
            return cache.version(model, number, staged.record());
        }

        @Override
        public void add(StagedVersion staged, PublishedVersion version, PublishedModel after) {
            rows.write(handle, model, Optional.of(after));
            // Before the commit: whether that was made may be unknown, and files without a version
            // are better than a version without files.
            staged.take();
            afterwards.add(() -> cache.add(version, staged.adapter()));
        }

        @Override
        public void save(PublishedModel after) {
            rows.write(handle, model, Optional.of(after));
        }

        @Override
        public void remove(PublishedVersion doomed, PublishedModel after) {
            rows.write(handle, model, Optional.of(after));
            afterwards.add(() -> deleteFiles(doomed.id()));
        }

        @Override
        public void removeModel() {
            rows.write(handle, model, Optional.empty());
            before.ifPresent(
                    there ->
                            there.versions()
                                    .forEach(
                                            version ->
                                                    afterwards.add(
                                                            () -> deleteFiles(version.id()))));
        }

        void committed() {
            afterwards.forEach(Runnable::run);
        }
    }
}
