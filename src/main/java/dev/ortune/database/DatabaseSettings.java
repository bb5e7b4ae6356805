package dev.ortune.database;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the database is.
 *
 * @param url as JDBC has it; H2 or PostgreSQL
 * @param user where the database wants one
 * @param password where the database wants one
 * @param maxConnections open at the same time, at most
 * @param patience how long a statement waits for a connection
 */
public record DatabaseSettings(
        String url,
        Optional<String> user,
        Optional<String> password,
        int maxConnections,
        Duration patience) {

    private static final String EMBEDDED = "jdbc:h2:";

    /** That each connection keeps parsed: more than there are. H2's own number is 8. */
    private static final int STATEMENTS = 200;

    /**
     * An H2 database in a file, for one process. Every commit is in the operating system's hands when
     * it returns, so that a killed process loses none.
     *
     * @param file without the extension that H2 adds
     */
    public static String embeddedUrl(Path file) {
        return EMBEDDED
                + "file:"
                + file.toAbsolutePath().normalize()
                + ";MODE=PostgreSQL;WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;QUERY_CACHE_SIZE="
                + STATEMENTS;
    }

    /** Whether the database lives in this process. */
    public boolean isEmbedded() {
        return url.startsWith(EMBEDDED);
    }

    /** The class that speaks to it; named here, since a native executable looks nobody up. */
    String driver() {
        return isEmbedded() ? "org.h2.Driver" : "org.postgresql.Driver";
    }

    @Override
    public String toString() {
        // Neither the password nor one within the URL is for logs.
        return url.replaceFirst("[?;].*", "");
    }
}
