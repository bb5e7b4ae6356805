package dev.ortune.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Downloads the files of a base model into the Hugging Face cache; what is there already is not
 * fetched again.
 */
final class HubDownloader {

    private final HubClient client;
    private final HubCache cache;
    private final BlobDownload download;
    private final SnapshotFiles snapshotFiles = new SnapshotFiles();

    HubDownloader(HubClient client, HubCache cache, BlobDownload download) {
        this.client = client;
        this.cache = cache;
        this.download = download;
    }

    /** Returns the commit whose snapshot is now complete. */
    String download(RepositoryName name) throws HubException {
        HubRevision revision = client.mainRevision(name);
        List<String> small = snapshotFiles.smallFiles(revision.files());
        String weights = snapshotFiles.weights(revision.files());
        // The weights come last: a snapshot that shows them has everything else.
        for (String file : small) {
            fetch(name, revision.commit(), file);
        }
        if (weights.equals(SnapshotFiles.WEIGHTS_INDEX)) {
            fetchShards(name, revision);
        } else {
            fetch(name, revision.commit(), weights);
        }
        cache.point(name, revision.commit());
        return revision.commit();
    }

    private void fetchShards(RepositoryName name, HubRevision revision) throws HubException {
        String index = SnapshotFiles.WEIGHTS_INDEX;
        fetch(name, revision.commit(), index);
        List<String> shards =
                snapshotFiles
                        .shards(cache.snapshot(name, revision.commit()).resolve(index))
                        .orElseThrow(
                                () ->
                                        new HubException(
                                                HubException.Kind.INCOMPLETE,
                                                "its " + index + " names no valid shards"));
        for (String shard : shards) {
            if (!revision.files().contains(shard)) {
                throw new HubException(
                        HubException.Kind.INCOMPLETE,
                        "it has no " + shard + ", which its index names");
            }
            fetch(name, revision.commit(), shard);
        }
    }

    private void fetch(RepositoryName name, String commit, String fileName) throws HubException {
        RemoteFile file = client.describe(name, commit, fileName);
        if (cache.holds(name, commit, file)) {
            return;
        }
        Path lock = cache.lock(name, file.blob());
        try {
            new ExclusiveFileLock(lock).holdWhile(() -> fetchAlone(name, commit, file));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HubException(
                    HubException.Kind.FAILED, "waiting for another download was interrupted", e);
        } catch (IOException e) {
            throw new CacheWriteFailure("HF_HOME").of(lock, e);
        }
    }

    private void fetchAlone(RepositoryName name, String commit, RemoteFile file)
            throws IOException, HubException {
        if (cache.holds(name, commit, file)) {
            return;
        }
        Path blob = cache.blob(name, file.blob());
        if (!cache.holdsBlob(name, file)) {
            Files.createDirectories(blob.getParent());
            Files.deleteIfExists(blob);
            download.fetch(file, blob);
        }
        cache.show(name, commit, file);
    }
}
