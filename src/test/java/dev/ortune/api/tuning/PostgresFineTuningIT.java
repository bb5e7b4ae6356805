package dev.ortune.api.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.api.tuning.TuningClient.EventView;
import dev.ortune.api.tuning.TuningClient.JobView;
import dev.ortune.cli.RunningService;
import dev.ortune.database.TestDatabases;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On the packaged application with PostgreSQL; what a job does there in full is {@link FineTuningContract}'s. */
@Timeout(180)
class PostgresFineTuningIT {

    private static final String ROWS =
            """
            {"text":"it was good","label":"positive"}
            {"text":"not a fan at all","label":"negative"}
            """
                    .repeat(4);

    @TempDir private Path folder;

    @Test
    void aJobTrainsItsModel() throws Exception {
        try (EmbeddedPostgres server = TestDatabases.startPostgres();
                RunningService service =
                        RunningService.start(
                                folder,
                                Map.of(
                                        "ortune.database.url",
                                        server.getJdbcUrl("postgres", "postgres")));
                TuningClient client =
                        new RestTuningClient(service.http().getPort(), Optional.empty())) {
            String training = client.upload("reviews.jsonl", ROWS);
            JobView created =
                    client.create(
                            """
                            {
                              "model": "distilbert-tiny",
                              "training_file": "%s",
                              "hyperparameters": {"n_epochs": 2}
                            }
                            """
                                    .formatted(training),
                            Optional.empty());
            List<EventView> events = client.follow(created.id());
            assertThat(client.job(created.id()).status())
                    .as(events.toString())
                    .isEqualTo("succeeded");
        }
    }
}
