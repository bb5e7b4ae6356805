package dev.ortune.base;

/** Hears how downloads proceed; files come one after the other, on the caller's thread. */
public interface DownloadProgress {

    /** Stands for a size that the hub does not tell. */
    long UNKNOWN_SIZE = -1;

    /**
     * A file begins, or begins anew after a broken connection; what an earlier attempt left on disk
     * is reported by the first {@link #advanced}.
     *
     * @param file its name in the repository
     * @param totalBytes its size, or {@link #UNKNOWN_SIZE}
     */
    void started(String file, long totalBytes);

    /** So many more bytes are on disk. */
    void advanced(long bytes);

    /** The file is complete and its checksum is right. */
    void finished();

    /** Tells nobody. */
    static DownloadProgress silent() {
        return new DownloadProgress() {
            @Override
            public void started(String file, long totalBytes) {}

            @Override
            public void advanced(long bytes) {}

            @Override
            public void finished() {}
        };
    }
}
