package dev.ortune.serve;

import dev.ortune.configuration.WholeNumber;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Where jobs, files, keys and webhooks are kept; checked at start. */
@ConfigMapping(prefix = "ortune.database")
public interface DatabaseConfiguration {

    /**
     * As JDBC has it, H2 or PostgreSQL; an H2 database in the home folder by default. Environment:
     * {@code ORTUNE_DATABASE_URL}.
     */
    Optional<String> url();

    /** Environment: {@code ORTUNE_DATABASE_USERNAME}. */
    Optional<String> username();

    /** Environment: {@code ORTUNE_DATABASE_PASSWORD}. */
    Optional<String> password();

    /** Connections open at the same time. Environment: {@code ORTUNE_DATABASE_MAX_CONNECTIONS}. */
    @WithDefault("16")
    @WithConverter(Connections.class)
    int maxConnections();

    /** How long a statement waits for a connection. Environment: {@code ORTUNE_DATABASE_PATIENCE}. */
    @WithDefault("PT5S")
    Duration patience();

    /**
     * How long a start waits for a database that another process has open (H2) or that does not answer
     * (PostgreSQL); not at all by default. Environment: {@code ORTUNE_DATABASE_START_PATIENCE}.
     */
    @WithDefault("PT0S")
    Duration startPatience();

    /** From 2 to 1,000. */
    final class Connections extends WholeNumber {

        /** Found by SmallRye Config. */
        public Connections() {
            super(2, 1_000);
        }
    }
}
