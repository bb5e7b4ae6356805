package dev.ortune.database;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.UnavailableException;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.AgroalConnectionPoolConfiguration.ConnectionValidator;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;

/** An open database with the newest schema. Thread-safe. */
public final class Database implements AutoCloseable {

    /** A connection that was idle for longer is tried before it is used. */
    private static final Duration TRUSTED = Duration.ofSeconds(1);

    private final AgroalDataSource source;
    private final Jdbi statements;
    private final DatabaseSettings settings;

    private Database(AgroalDataSource source, DatabaseSettings settings) {
        this.source = source;
        this.settings = settings;
        this.statements = Jdbi.create(source).registerArgument(new StorableTexts());
    }

    /**
     * Opens a database and brings its schema up to date.
     *
     * @throws UnavailableException {@code DATABASE_UNAVAILABLE} when it cannot be reached, is open in
     *     another process (H2), or has a newer schema
     */
    public static Database open(DatabaseSettings settings) {
        AgroalDataSource source = null;
        try {
            source = AgroalDataSource.from(pool(settings));
            if (!AppliedMigrations.areAll(source)) {
                migrate(source);
            }
            return new Database(source, settings);
        } catch (SQLException | FlywayException e) {
            if (source != null) {
                source.close();
            }
            throw new UnavailableException(
                    ErrorCode.DATABASE_UNAVAILABLE,
                    "The database "
                            + settings
                            + " cannot be used: "
                            + ConnectionFaults.root(e)
                            + ".",
                    settings.isEmbedded()
                            ? "End the other process that has it open, or set ortune.home to another"
                                    + " folder."
                            : "Check ortune.database.url, its user and password, and that the server"
                                    + " runs.",
                    e);
        }
    }

    /**
     * Whether a database that {@link #open} refused may be had later, with nobody changing anything:
     * another process has it open (H2), or no server answers.
     */
    public static boolean mayComeBack(DatabaseSettings settings, UnavailableException refusal) {
        return settings.isEmbedded()
                ? ConnectionFaults.isElsewhere(refusal)
                : ConnectionFaults.isBehind(refusal);
    }

    private static void migrate(AgroalDataSource source) {
        Flyway.configure(Database.class.getClassLoader())
                .dataSource(source)
                .resourceProvider(new Migrations())
                .javaMigrationClassProvider(List::of)
                .load()
                .migrate();
    }

    /** For statements. */
    public Jdbi statements() {
        return statements;
    }

    /** A connection beside the pool's, which may live long and break; the caller's to close. */
    Connection connection() throws SQLException {
        Properties properties = new Properties();
        settings.user().ifPresent(user -> properties.setProperty("user", user));
        settings.password().ifPresent(word -> properties.setProperty("password", word));
        properties.setProperty("tcpKeepAlive", "true");
        return DriverManager.getConnection(settings.url(), properties);
    }

    /** Whether it lives in this process, which then is the only one that uses it. */
    public boolean isEmbedded() {
        return settings.isEmbedded();
    }

    /** Whether a connection answers now; waits no longer than the settings allow. */
    public boolean answers() {
        try {
            return statements.withHandle(
                    handle -> handle.createQuery("select 1").mapTo(Integer.class).one() == 1);
        } catch (RuntimeException e) {
            return false;
        }
    }

    /**
     * What a statement's error means, where it is no fault of the statement: the database is not there,
     * or cannot write.
     *
     * @return {@code DATABASE_UNAVAILABLE}; empty for any other error
     */
    public static Optional<UnavailableException> unavailable(Throwable fault) {
        if (!ConnectionFaults.isBehind(fault)) {
            return Optional.empty();
        }
        return Optional.of(
                new UnavailableException(
                        ErrorCode.DATABASE_UNAVAILABLE,
                        "The service's database cannot be used now.",
                        "Try again in a moment. Whoever runs the service looks whether the database runs"
                                + " and whether its disk has room.",
                        fault));
    }

    @Override
    public void close() {
        source.close();
    }

    private static AgroalDataSourceConfigurationSupplier pool(DatabaseSettings settings) {
        return new AgroalDataSourceConfigurationSupplier()
                .connectionPoolConfiguration(
                        pool ->
                                pool.maxSize(settings.maxConnections())
                                        .acquisitionTimeout(settings.patience())
                                        .exceptionSorter(new ConnectionFaults())
                                        .connectionValidator(
                                                ConnectionValidator.defaultValidatorWithTimeout(
                                                        seconds(settings.patience())))
                                        .idleValidationTimeout(TRUSTED)
                                        .connectionFactoryConfiguration(
                                                connection -> {
                                                    connection.jdbcUrl(settings.url());
                                                    connection.connectionProviderClassName(
                                                            settings.driver());
                                                    settings.user()
                                                            .map(NamePrincipal::new)
                                                            .ifPresent(connection::principal);
                                                    settings.password()
                                                            .map(SimplePassword::new)
                                                            .ifPresent(connection::credential);
                                                    return connection;
                                                }));
    }

    private static int seconds(Duration patience) {
        return Math.toIntExact(Math.max(1, patience.toSeconds()));
    }
}
