package dev.ortune.repository;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/** A repository in a folder, which one process changes: the one that owns it. */
final class FolderStore implements RepositoryStore {

    private final RepositoryOwnership ownership;
    private final RepositoryFolder folder;

    private FolderStore(RepositoryOwnership ownership, RepositoryFolder folder) {
        this.ownership = ownership;
        this.folder = folder;
    }

    /** Takes the folder, if nobody has it. */
    static FolderStore open(Path root) {
        RepositoryOwnership ownership = RepositoryOwnership.of(root);
        return new FolderStore(ownership, new RepositoryFolder(root, ownership));
    }

    @Override
    public Map<ModelName, PublishedModel> load() {
        return new RepositoryLoader(folder, ownership.isHeld()).load();
    }

    @Override
    public void follow(RepositoryFollower follower) {
        // Nobody else changes it.
    }

    @Override
    public boolean canChange() {
        return ownership.canBeHeld();
    }

    @Override
    public void requireChangeable() {
        ownership.require();
    }

    @Override
    public Draft newDraft() {
        return folder.newDraft();
    }

    @Override
    public StagedVersion stage(Path adapter, VersionRecord record) {
        RepositoryFolder.writeRecord(adapter, record);
        return new StagedVersion(adapter, record, new AtomicBoolean(), () -> {});
    }

    @Override
    public <T> T change(
            ModelName model, Optional<PublishedModel> known, Function<RepositoryChange, T> work) {
        return work.apply(new Change(model, known));
    }

    @Override
    public void close() {
        ownership.close();
    }

    private final class Change implements RepositoryChange {

        private final ModelName model;
        private final Optional<PublishedModel> before;

        Change(ModelName model, Optional<PublishedModel> before) {
            this.model = model;
            this.before = before;
        }

        @Override
        public Optional<PublishedModel> before() {
            return before;
        }

        @Override
        public PublishedVersion version(int number, StagedVersion staged) {
            return new PublishedVersion(
                    model,
                    number,
                    folder.versionFolder(model, number),
                    staged.record(),
                    FolderSource.OWN);
        }

        @Override
        public void add(StagedVersion staged, PublishedVersion version, PublishedModel after) {
            folder.addVersion(staged.adapter(), after, version, before.isEmpty());
        }

        @Override
        public void save(PublishedModel after) {
            folder.save(after);
        }

        @Override
        public void remove(PublishedVersion doomed, PublishedModel after) {
            folder.save(after);
            folder.removeVersion(doomed);
        }

        @Override
        public void removeModel() {
            folder.removeModel(model);
        }
    }
}
