package dev.ortune.serve;

import dev.ortune.base.OrtuneHome;
import dev.ortune.database.Database;
import dev.ortune.database.DatabaseSettings;
import dev.ortune.error.OrtuneException;
import io.quarkus.vertx.VertxOptionsCustomizer;
import io.vertx.core.VertxOptions;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jboss.logging.Logger;

/**
 * Opens the process's database once, beside the start. Vert.x's options are the first that Quarkus asks a
 * bean of ours about; from then on a thread opens, so that whoever needs the database, gRPC's event loop
 * first of all, has less to wait for. Where nobody was asked, the first who needs it opens it. A start
 * that may wait for its database does so at once, on its own thread: event loops are not for waiting.
 */
@Singleton
public final class DatabaseOpening implements VertxOptionsCustomizer {

    private static final Logger LOG = Logger.getLogger(DatabaseOpening.class);

    private final FutureTask<Database> opening;
    private final Duration startPatience;

    public DatabaseOpening(DatabaseConfiguration configuration, OrtuneHome home) {
        this.opening = new FutureTask<>(() -> open(settings(configuration, home)));
        this.startPatience = configuration.startPatience();
    }

    @Override
    public void accept(VertxOptions options) {
        if (startPatience.compareTo(Duration.ZERO) > 0) {
            opening.run();
            return;
        }
        Thread thread = new Thread(opening, "ortune-database");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Waits until it is open; on any thread.
     *
     * @throws OrtuneException as {@link Database#open} does
     */
    Database await() {
        // Does nothing where somebody has begun.
        opening.run();
        try {
            return opening.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The start was interrupted", e);
        }
    }

    private Database open(DatabaseSettings settings) {
        try {
            Database database = new PatientOpening(settings, startPatience).open();
            // The first statement of all takes several times as long as any other.
            LOG.debugf("The database answers: %s", database.answers());
            return database;
        } catch (OrtuneException e) {
            // The error that stops the service shows its message only, deep in a stack trace.
            LOG.errorf("%s %s", e.getMessage(), e.remedy());
            throw e;
        }
    }

    private static DatabaseSettings settings(DatabaseConfiguration configuration, OrtuneHome home) {
        return new DatabaseSettings(
                configuration
                        .url()
                        .orElseGet(
                                () ->
                                        DatabaseSettings.embeddedUrl(
                                                home.directory().resolve("state/ortune"))),
                configuration.username(),
                configuration.password(),
                configuration.maxConnections(),
                configuration.patience());
    }
}
