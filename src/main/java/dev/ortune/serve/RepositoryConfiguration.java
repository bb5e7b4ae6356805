package dev.ortune.serve;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where published adapters are kept, and on which bases; checked at start. */
@ConfigMapping(prefix = "ortune")
public interface RepositoryConfiguration {

    /**
     * The bases that adapters may be published for: names or folders, separated by commas. Those of
     * the configured adapter folders are known without it. Environment: {@code ORTUNE_BASES}.
     */
    Optional<List<String>> bases();

    /**
     * The folder of published adapters; {@code models} in the home folder by default. Environment:
     * {@code ORTUNE_REPOSITORY}.
     */
    Optional<Path> repository();
}
