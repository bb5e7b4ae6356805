package dev.ortune.database;

import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.resource.LoadableResource;

/**
 * The schema's migrations, named one by one. A native executable has no folder to look through, and
 * elsewhere the start need not search the class path.
 */
final class Migrations implements ResourceProvider {

    /** On the class path. */
    static final String FOLDER = "/db/migration/";

    /** In any order; Flyway sorts them by version. */
    static final List<String> FILES =
            List.of(
                    "V1__jobs.sql",
                    "V2__access.sql",
                    "V3__webhooks.sql",
                    "V4__files.sql",
                    "V5__models.sql",
                    "V6__claims.sql");

    // Flyway's word for a file that is not there is null.
    @Override
    public LoadableResource getResource(String name) {
        return FILES.contains(name) ? new Migration(name) : null;
    }

    @Override
    public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
        Collection<LoadableResource> found = new ArrayList<>();
        for (String file : FILES) {
            if (file.startsWith(prefix) && Stream.of(suffixes).anyMatch(file::endsWith)) {
                found.add(new Migration(file));
            }
        }
        return found;
    }

    private static final class Migration extends LoadableResource {

        private final String file;

        Migration(String file) {
            this.file = file;
        }

        @Override
        public Reader read() {
            InputStream content = Migrations.class.getResourceAsStream(FOLDER + file);
            if (content == null) {
                throw new IllegalStateException("the build left out the migration " + file);
            }
            return new InputStreamReader(content, StandardCharsets.UTF_8);
        }

        @Override
        public String getAbsolutePath() {
            return FOLDER + file;
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return FOLDER + file;
        }

        @Override
        public String getFilename() {
            return file;
        }

        @Override
        public String getRelativePath() {
            return file;
        }
    }
}
