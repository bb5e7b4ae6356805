package dev.ortune.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * Hears what other processes tell with PostgreSQL's NOTIFY. A notification may be missed, when the
 * connection breaks or a pooler stands in between, so listeners also catch up: after every connection
 * and every now and then.
 *
 * <p>Listeners are called on this class's one thread, for which they may ask the database.
 */
public final class Notifications implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Notifications.class);

    /** How long a wait for notifications lasts, and so how long it takes to close. */
    private static final Duration WAIT = Duration.ofMillis(500);

    private static final Duration BEFORE_NEXT_CONNECTION = Duration.ofSeconds(1);

    private final Database database;
    private final String channel;
    private final Duration catchUpInterval;
    private final Listener listener;
    private final Thread thread;
    private volatile boolean closed;

    private Notifications(
            Database database, String channel, Duration catchUpInterval, Listener listener) {
        this.database = database;
        this.channel = channel;
        this.catchUpInterval = catchUpInterval;
        this.listener = listener;
        this.thread = new Thread(this::run, "ortune-notifications");
        this.thread.setDaemon(true);
    }

    /** Hears. */
    public interface Listener {

        /** Somebody told this. */
        void heard(String text);

        /** Something may not have been heard. */
        void catchUp();
    }

    /**
     * Listens from now on.
     *
     * @param channel a plain SQL name
     */
    public static Notifications listen(
            Database database, String channel, Duration catchUpInterval, Listener listener) {
        if (!channel.matches("[a-z_]+")) {
            throw new IllegalArgumentException(channel);
        }
        Notifications notifications =
                new Notifications(database, channel, catchUpInterval, listener);
        notifications.thread.start();
        return notifications;
    }

    private void run() {
        boolean told = false;
        while (!closed) {
            try {
                hear();
                told = false;
            } catch (SQLException | RuntimeException e) {
                if (!closed && !told) {
                    LOG.warnf(
                            "What other processes change is not heard now, and looked for again: %s",
                            ConnectionFaults.root(e));
                    LOG.debug("Why", e);
                    told = true;
                }
                pause();
            }
        }
    }

    private void hear() throws SQLException {
        try (Connection connection = database.connection()) {
            PGConnection postgres = connection.unwrap(PGConnection.class);
            execute(connection, "listen " + channel);
            long caughtUp = System.nanoTime();
            listener.catchUp();
            while (!closed) {
                for (PGNotification notification :
                        postgres.getNotifications(Math.toIntExact(WAIT.toMillis()))) {
                    listener.heard(notification.getParameter());
                }
                if (System.nanoTime() - caughtUp > catchUpInterval.toNanos()) {
                    caughtUp = System.nanoTime();
                    // A connection that is dead without having been told so fails here.
                    execute(connection, "select 1");
                    listener.catchUp();
                }
            }
            execute(connection, "unlisten " + channel);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void pause() {
        try {
            Thread.sleep(BEFORE_NEXT_CONNECTION.toMillis());
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(WAIT.multipliedBy(4).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
