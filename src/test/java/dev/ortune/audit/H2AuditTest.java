package dev.ortune.audit;

import dev.ortune.database.Database;
import dev.ortune.database.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** On H2's embedded file database, the default. */
class H2AuditTest extends AuditContract {

    @TempDir private Path folder;

    @Override
    Database database() {
        return TestDatabases.h2(folder);
    }
}
