package dev.ortune.serve;

import dev.ortune.database.Database;
import dev.ortune.database.DatabaseSettings;
import dev.ortune.error.UnavailableException;
import java.time.Duration;

/**
 * Opens a database that another process may have open for a while yet, or whose server may not run yet. A
 * process that is told to end meanwhile does so at once. Used by one thread.
 */
final class PatientOpening {

    /** Between two tries. */
    private static final Duration REST = Duration.ofMillis(500);

    private final DatabaseSettings settings;
    private final Duration patience;

    PatientOpening(DatabaseSettings settings, Duration patience) {
        this.settings = settings;
        this.patience = patience;
    }

    /**
     * Waits on the calling thread.
     *
     * @throws UnavailableException as {@link Database#open} does, where patience is over or of no use
     */
    Database open() {
        long begin = System.nanoTime();
        try {
            return Database.open(settings);
        } catch (UnavailableException e) {
            if (patience.isZero() || !Database.mayComeBack(settings, e)) {
                throw e;
            }
            tell(e);
            return retry(begin, e);
        }
    }

    private Database retry(long begin, UnavailableException first) {
        // Quarkus' own hook waits for the start, which would wait for the database.
        Thread end = new Thread(Thread.currentThread()::interrupt, "ortune-database-end");
        Runtime.getRuntime().addShutdownHook(end);
        UnavailableException latest = first;
        while (System.nanoTime() - begin < patience.toNanos()
                && Database.mayComeBack(settings, latest)) {
            try {
                Thread.sleep(REST.toMillis());
                Database database = Database.open(settings);
                Runtime.getRuntime().removeShutdownHook(end);
                return database;
            } catch (UnavailableException e) {
                latest = e;
            } catch (InterruptedException e) {
                throw latest;
            }
        }
        throw latest;
    }

    /** Not to the log, which Quarkus holds back until its start is further. */
    private void tell(UnavailableException refusal) {
        System.err.printf(
                "%s It is tried again for %d s (ortune.database.start-patience).%n",
                refusal.getMessage(), patience.toSeconds());
    }
}
