package dev.ortune.serve;

import dev.ortune.database.Database;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Jdbi;

/** Has the database open when the service has started, and closes it when it stops. */
@Singleton
public final class DatabaseBeans {

    private static final Logger LOG = Logger.getLogger(DatabaseBeans.class);

    /** The one database of the process. */
    @Produces
    @Singleton
    Database database(DatabaseOpening opening) {
        return opening.await();
    }

    /** Statements on it. */
    @Produces
    @Singleton
    Jdbi statements(Database database) {
        return database.statements();
    }

    /** Needs it before the first request does, so that a fault ends the start. */
    void start(@Observes StartupEvent event, Database database) {
        LOG.debugf("The database is embedded: %s", database.isEmbedded());
    }

    void close(@Disposes Database database) {
        database.close();
    }
}
