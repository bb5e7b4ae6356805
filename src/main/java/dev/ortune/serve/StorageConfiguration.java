package dev.ortune.serve;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where files, adapters and checkpoints are when several processes share them; checked at start. Without
 * it they are in the home folder, for one process. Environment: {@code ORTUNE_STORAGE_...}.
 */
@ConfigMapping(prefix = "ortune.storage")
public interface StorageConfiguration {

    /** A bucket of S3 or of a server that speaks its protocol. */
    Optional<String> bucket();

    /** Before every key in the bucket, with a slash between them. */
    @WithDefault("ortune")
    String prefix();

    /** In place of a bucket: a folder on a volume that every process has mounted. */
    Optional<Path> folder();

    /** The URL of a server that is not AWS's. */
    Optional<URI> endpoint();

    /** The bucket's region. */
    @WithDefault("us-east-1")
    String region();

    /** Whether the bucket is in the URL's path and not in its host, as many servers want it. */
    @WithDefault("false")
    boolean pathStyle();

    /** How much of the shared adapters each process keeps on its own disk. */
    @WithDefault("10G")
    MemorySize cacheSize();

    /** How often a process looks for changes that it was not told of. */
    @WithDefault("PT5S")
    Duration catchUp();
}
