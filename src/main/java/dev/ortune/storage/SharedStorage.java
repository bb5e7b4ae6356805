package dev.ortune.storage;

import java.util.Optional;

/**
 * What processes share.
 *
 * @param objects empty where there is one process only, which keeps its files itself
 */
public record SharedStorage(Optional<ObjectStore> objects) {}
