package dev.ortune.repository;

import dev.ortune.storage.ObjectStore;
import java.nio.file.Path;
import org.jdbi.v3.core.Jdbi;

/**
 * Where a repository is that many processes share.
 *
 * @param database of what models there are; PostgreSQL
 * @param objects versions' files
 * @param cache a folder of this process alone for the versions that it has read
 * @param cacheBytes how much of them it keeps
 */
public record SharedSettings(Jdbi database, ObjectStore objects, Path cache, long cacheBytes) {}
