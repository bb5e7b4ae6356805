package dev.ortune.bench.jobs;

import dev.ortune.error.InternalException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How long a batch took, by the times that the database has of it.
 *
 * @param whole from the first claim to train to the last end
 * @param jobs of all jobs together, each from its claim to its end
 */
record BatchTime(Duration whole, Duration jobs) {

    private static final String TIMES =
            "select status, started_at, finished_at from job where id = any(?)";

    /**
     * Of jobs that have ended.
     *
     * @throws InternalException when one did not succeed
     */
    static BatchTime of(PostgresServer server, List<String> ids) {
        try (Connection connection =
                        DriverManager.getConnection(server.url(), PostgresServer.user(), "");
                PreparedStatement statement = connection.prepareStatement(TIMES)) {
            Array wanted = connection.createArrayOf("varchar", ids.toArray());
            statement.setArray(1, wanted);
            try (ResultSet rows = statement.executeQuery()) {
                return read(rows);
            }
        } catch (SQLException e) {
            throw new InternalException("The jobs' times cannot be read.", e);
        }
    }

    private static BatchTime read(ResultSet rows) throws SQLException {
        Instant first = Instant.MAX;
        Instant last = Instant.MIN;
        Duration jobs = Duration.ZERO;
        while (rows.next()) {
            if (!rows.getString(1).equals("SUCCEEDED")) {
                throw new InternalException("A job is " + rows.getString(1) + ".");
            }
            Instant start = rows.getTimestamp(2).toInstant();
            Instant end = rows.getTimestamp(3).toInstant();
            first = start.isBefore(first) ? start : first;
            last = end.isAfter(last) ? end : last;
            jobs = jobs.plus(Duration.between(start, end));
        }
        return new BatchTime(Duration.between(first, last), jobs);
    }

    double seconds() {
        return whole.toNanos() / 1e9;
    }

    /** How many jobs were worked on at the same time, on the average. */
    double width() {
        return (double) jobs.toNanos() / whole.toNanos();
    }
}
