package dev.ortune.repository;

import java.io.IOException;

/** Versions whose folders are where they were published. */
enum FolderSource implements VersionSource {
    /** Of a repository in a folder, where a deleted version moves away as a whole. */
    OWN {
        @Override
        public boolean isThere(PublishedVersion version) {
            try {
                // Another may have come to stand in its place.
                return RepositoryFolder.readRecord(version.folder()).id().equals(version.id());
            } catch (IOException e) {
                return false;
            }
        }
    },

    /** Folders that the configuration names. */
    CONFIGURED {
        @Override
        public boolean isThere(PublishedVersion version) {
            return true;
        }
    };

    @Override
    public Hold hold(PublishedVersion version) {
        return Hold.NONE;
    }
}
