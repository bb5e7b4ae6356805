package dev.ortune.serve;

import dev.ortune.base.OrtuneHome;
import dev.ortune.database.Database;
import dev.ortune.database.DatabaseSettings;
import dev.ortune.error.OrtuneException;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/** Opens the database when the service starts and closes it when it stops. */
@Singleton
public final class DatabaseBeans {

    private static final Logger LOG = Logger.getLogger(DatabaseBeans.class);

    /** The one database of the process. */
    @Produces
    @Singleton
    Database database(DatabaseConfiguration configuration, OrtuneHome home) {
        try {
            return Database.open(settings(configuration, home));
        } catch (OrtuneException e) {
            // The error that stops the service shows its message only, deep in a stack trace.
            LOG.errorf("%s %s", e.getMessage(), e.remedy());
            throw e;
        }
    }

    /** Statements on it. */
    @Produces
    @Singleton
    Jdbi statements(Database database) {
        return database.statements();
    }

    /** Opens it before the first request, so that a fault ends the start. */
    void start(@Observes StartupEvent event, Database database) {
        LOG.debugf("The database answers: %s", database.answers());
    }

    void close(@Disposes Database database) {
        database.close();
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
