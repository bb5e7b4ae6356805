package dev.ortune.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.api.resource.LoadableResource;
import org.junit.jupiter.api.Test;

class MigrationsTest {

    private static final Path FOLDER = Path.of("main/resources/db/migration");
    private static final String[] SQL = {".sql"};

    private final Migrations migrations = new Migrations();

    @Test
    void everyFileOfTheFolderIsNamed() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<String> names = files.map(file -> file.getFileName().toString()).toList();
            assertThat(Migrations.FILES).containsExactlyInAnyOrderElementsOf(names);
        }
    }

    @Test
    void eachIsReadAsItStandsThere() throws IOException {
        for (LoadableResource migration : migrations.getResources("V", SQL)) {
            StringWriter text = new StringWriter();
            try (Reader content = migration.read()) {
                content.transferTo(text);
            }
            assertThat(FOLDER.resolve(migration.getRelativePath())).hasContent(text.toString());
        }
    }

    @Test
    void onlyWhatIsAskedForIsFound() {
        assertThat(migrations.getResources("V", SQL)).hasSameSizeAs(Migrations.FILES);
        assertThat(migrations.getResources("R", SQL)).isEmpty();
        assertThat(migrations.getResources("V", new String[] {".conf"})).isEmpty();
        assertThat(migrations.getResource(Migrations.FILES.get(0))).isNotNull();
        assertThat(migrations.getResource("beforeMigrate.sql")).isNull();
    }
}
