package dev.ortune.repository.archive;

/**
 * How much an archive may ask of this machine.
 *
 * @param maxBytes of the archive itself
 * @param maxExtractedBytes of everything in it, together, also of what is not kept
 * @param maxEntries files and folders in it
 * @param maxRatio extracted bytes per byte of the archive, past the first {@value
 *     #RATIO_FREE_BYTES} bytes
 */
public record ArchiveLimits(long maxBytes, long maxExtractedBytes, int maxEntries, int maxRatio) {

    /** So much may come out of however few bytes: small text files compress as they like. */
    static final long RATIO_FREE_BYTES = 8L << 20;

    private static final int EXTRACTED_PER_BYTE = 2;
    private static final int ENTRIES = 1_000;
    private static final int RATIO = 50;

    /** The usual limits about an archive of a given size: trained weights hardly compress. */
    public static ArchiveLimits of(long maxBytes) {
        return new ArchiveLimits(
                maxBytes,
                Math.max(RATIO_FREE_BYTES, Math.multiplyExact(maxBytes, EXTRACTED_PER_BYTE)),
                ENTRIES,
                RATIO);
    }

    /** The most that may come out of an archive of so many bytes. */
    long extractedBytes(long archiveBytes) {
        return Math.min(maxExtractedBytes, Math.max(RATIO_FREE_BYTES, archiveBytes * maxRatio));
    }
}
