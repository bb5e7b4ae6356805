package dev.ortune.bench.scaling;

import dev.ortune.bench.jobs.QueueDatabase;
import dev.ortune.bench.tool.Figures;
import dev.ortune.bench.tool.TemporaryFolder;
import dev.ortune.error.InternalException;
import dev.ortune.repository.AdapterRepository;
import dev.ortune.repository.SharedChanges;
import dev.ortune.repository.SharedSettings;
import dev.ortune.storage.FolderObjects;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;

/**
 * What a replica needs to know all models, by the service's own repository on a PostgreSQL: Java heap, and
 * the time to read them at the start. Each model is a tenant's only one and has one version.
 */
final class IndexScenario implements ScalingScenario {

    private static final int CATCH_UPS = 20;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MIB = 1 << 20;

    private static final String ADD =
            "insert into published_model (tenant, name, document, changed_at) select 'tenant-' || n,"
                    + " 'ft-support-' || n, replace(replace(:document, 'ID',"
                    + " cast(gen_random_uuid() as text)), 'SHA', md5(cast(n as varchar)) ||"
                    + " md5(cast(-n as varchar))), clock_timestamp() - interval '1 hour' from"
                    + " generate_series(1, :count) n";

    /** As a publication leaves it. */
    private static final String DOCUMENT =
            """
            {"formatVersion": 1, "nextVersion": 2, "versions": [{"number": 1, "record": {
              "formatVersion": 1, "id": "ID", "base": "distilbert-base-uncased",
              "baseWeightsSha256": "%s", "labels": ["negative", "positive"],
              "problemType": "SINGLE_LABEL", "maxTokens": 512, "truncationSide": "RIGHT", "rank": 4,
              "modules": [%s], "parameters": 628994, "bytes": 2520000, "sha256": "SHA",
              "published": "2026-01-02T03:04:05.678Z"}}],
             "aliases": {"default": {"targets": [{"version": 1,
              "since": "2026-01-02T03:04:05.678Z"}]}}}
            """;

    @Override
    public void run(ScalingOptions options, Consumer<String> notices, ScalingReport report) {
        List<List<String>> rows = new ArrayList<>();
        try (TemporaryFolder folder = new TemporaryFolder();
                QueueDatabase server = QueueDatabase.postgres(folder.path())) {
            Jdbi database = server.database().statements();
            for (int models : options.tenants()) {
                notices.accept(models + " models");
                rows.add(row(database, folder.path(), models));
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new InternalException("A database could not be closed.", e);
        }
        report.add(
                new ReportTable(
                        "The index of all models in a replica",
                        List.of(
                                "models",
                                "Java heap, MiB",
                                "bytes a model",
                                "s to read them",
                                "ms to catch up, nothing changed"),
                        rows));
    }

    private static List<String> row(Jdbi database, Path folder, int models) {
        database.useHandle(
                handle -> {
                    handle.execute("delete from published_model");
                    handle.createUpdate(ADD)
                            .bind("document", document())
                            .bind("count", models)
                            .execute();
                    handle.execute("analyze published_model");
                });
        SharedSettings settings =
                new SharedSettings(
                        database,
                        new FolderObjects(folder.resolve("objects")),
                        folder.resolve("cache"),
                        1L << 30);
        // Once before, so that Java's classes are there.
        AdapterRepository.share(settings).close();
        long before = usedHeap();
        long start = System.nanoTime();
        try (AdapterRepository repository = AdapterRepository.share(settings)) {
            double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
            long held = usedHeap() - before;
            if (repository.models().size() != models) {
                throw new InternalException("The repository did not read all models.");
            }
            return List.of(
                    Integer.toString(models),
                    Figures.of(held / MIB),
                    Figures.of((double) held / models),
                    Figures.of(seconds),
                    Figures.of(catchUpMilliseconds(repository)));
        }
    }

    private static double catchUpMilliseconds(AdapterRepository repository) {
        SharedChanges changes = repository.changes().orElseThrow();
        long start = System.nanoTime();
        for (int i = 0; i < CATCH_UPS; i++) {
            changes.catchUp();
        }
        return (System.nanoTime() - start) / NANOS_PER_MILLI / CATCH_UPS;
    }

    private static String document() {
        List<String> modules = new ArrayList<>();
        for (int layer = 0; layer < 6; layer++) {
            modules.add("\"distilbert.transformer.layer." + layer + ".attention.q_lin\"");
        }
        return String.format(DOCUMENT, "ab".repeat(32), String.join(", ", modules));
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
