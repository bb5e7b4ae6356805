package dev.ortune.database;

import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ExceptionSorter;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;

/**
 * Errors after which a connection is of no use. H2 closes its database when it cannot write, and all
 * connections with it; a server that stops ends them. The pool makes new ones in their stead, and with
 * the first of them H2 opens its database again.
 */
final class ConnectionFaults implements ExceptionSorter {

    private static final int MOST_CAUSES = 50;

    /** SQL's class of states for connections. */
    private static final String CONNECTION = "08";

    /** PostgreSQL's class of states for an operator who ends it. */
    private static final String OPERATOR = "57P";

    /** H2's state for a database that another process has open. */
    private static final String ELSEWHERE = "90020";

    @Override
    public boolean isFatal(SQLException fault) {
        return isConnectionFault(fault);
    }

    /** Whether such an error is among the causes, or one of a database's files. */
    static boolean isBehind(Throwable fault) {
        boolean ofDatabase = false;
        Throwable cause = fault;
        // Causes may go round in a circle.
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            if (cause instanceof ConnectionException
                    || (cause instanceof SQLException sql && isConnectionFault(sql))
                    || (cause instanceof IOException && ofDatabase)) {
                return true;
            }
            ofDatabase |= cause instanceof JdbiException || cause instanceof SQLException;
            cause = cause.getCause();
        }
        return false;
    }

    /** Whether another process has an H2 database open. */
    static boolean isElsewhere(Throwable fault) {
        Throwable cause = fault;
        for (int depth = 0; cause != null && depth < MOST_CAUSES; depth++) {
            if (cause instanceof SQLException sql && ELSEWHERE.equals(sql.getSQLState())) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** The message of the first cause that has none of its own. */
    static String root(Throwable fault) {
        Throwable cause = fault;
        for (int depth = 0; cause.getCause() != null && depth < MOST_CAUSES; depth++) {
            cause = cause.getCause();
        }
        String message = String.valueOf(cause.getMessage()).strip();
        String first = message.lines().findFirst().orElse("");
        return first.endsWith(".") ? first.substring(0, first.length() - 1) : first;
    }

    private static boolean isConnectionFault(SQLException fault) {
        String state = String.valueOf(fault.getSQLState());
        return fault instanceof SQLNonTransientConnectionException
                || state.startsWith(CONNECTION)
                || state.startsWith(OPERATOR);
    }
}
