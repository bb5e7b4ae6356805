package dev.ortune.file;

/** How much a tenant may keep. */
@FunctionalInterface
public interface StorageRule {

    /** No limit. */
    StorageRule NONE = (tenant, usedBytes, moreBytes) -> {};

    /**
     * Requires room for more.
     *
     * @throws dev.ortune.error.OrtuneException when there is none
     */
    void require(String tenant, long usedBytes, long moreBytes);
}
