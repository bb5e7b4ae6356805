package dev.ortune.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Which migrations a database has had, as Flyway writes it down. Nearly every start finds all of them, and
 * then needs no Flyway: to set that up and have it compare checksums takes longer than to open the
 * database.
 */
final class AppliedMigrations {

    /** Flyway's names are in lower case on H2 too. */
    private static final String HISTORY =
            "select \"version\", \"success\" from \"flyway_schema_history\" where \"version\" is not null";

    private AppliedMigrations() {}

    /**
     * Whether a database has had just those that there are, without a failure; in any doubt it has not.
     *
     * @throws SQLException when there is no connection
     */
    static boolean areAll(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return versions(connection).equals(known());
        }
    }

    /** None where there is no history, or a failure in it. */
    private static Set<String> versions(Connection connection) {
        Set<String> versions = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(HISTORY)) {
            while (rows.next()) {
                if (!rows.getBoolean(2)) {
                    return Set.of();
                }
                versions.add(rows.getString(1));
            }
            return versions;
        } catch (SQLException e) {
            return Set.of();
        }
    }

    private static Set<String> known() {
        return Migrations.FILES.stream()
                .map(file -> file.substring(1, file.indexOf("__")))
                .collect(Collectors.toSet());
    }
}
