package dev.ortune.file;

import java.nio.file.Path;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** On H2's embedded file database, the default. */
class H2FilesTest extends FileStoreContract {

    @TempDir private Path folder;
    private JdbcConnectionPool pool;

    @Override
    Blobs blobs(Path folder) {
        return new FolderBlobs(folder.resolve("files"));
    }

    @Override
    DataSource database() {
        pool =
                JdbcConnectionPool.create(
                        "jdbc:h2:file:"
                                + folder.resolve("h2-" + UUID.randomUUID())
                                + ";MODE=PostgreSQL",
                        "ortune",
                        "");
        return pool;
    }

    @AfterEach
    void close() {
        pool.dispose();
    }
}
