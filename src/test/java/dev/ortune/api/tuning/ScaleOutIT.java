package dev.ortune.api.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.api.rest.FreePort;
import dev.ortune.api.tuning.TuningClient.EventView;
import dev.ortune.api.tuning.TuningClient.JobView;
import dev.ortune.api.tuning.TuningClient.Refusal;
import dev.ortune.api.tuning.TuningClient.StepView;
import dev.ortune.cli.RunningService;
import dev.ortune.golden.GoldenCase;
import dev.ortune.storage.S3Server;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The drill of docs/scaling.md: two processes that serve and two that train, with a real PostgreSQL and a
 * real server of S3's protocol between them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScaleOutIT {

    private static final String BUCKET = "drill";
    private static final Duration TOLD = Duration.ofSeconds(2);
    private static final Duration TRAINED = Duration.ofMinutes(3);
    private static final int STEPS = 400;
    private static final Pattern RESUMED = Pattern.compile("^Training goes on after step ([0-9]+)");
    private static final String ROWS =
            ("{\"text\":\"it was good\",\"label\":\"positive\"}\n"
                            + "{\"text\":\"it was bad\",\"label\":\"negative\"}\n")
                    .repeat(20);

    @TempDir private static Path folder;
    private EmbeddedPostgres database;
    private S3Server storage;
    private RunningService serving;
    private RunningService alsoServing;
    private RunningService training;
    private RunningService alsoTraining;

    @BeforeAll
    void start() throws Exception {
        database = EmbeddedPostgres.start();
        storage = S3Server.start(Files.createDirectory(folder.resolve("s3")), BUCKET);
        serving = replica("serving", "serve");
        alsoServing = replica("also-serving", "serve");
        training = replica("training", "train");
        alsoTraining = replica("also-training", "train");
    }

    private RunningService replica(String name, String role) throws Exception {
        Map<String, String> settings = new TreeMap<>();
        settings.put("ortune.role", role);
        settings.put(
                "ortune.bases", GoldenCase.base("distilbert-tiny").toAbsolutePath().toString());
        settings.put("ortune.database.url", database.getJdbcUrl("postgres", "postgres"));
        settings.put("ortune.storage.bucket", BUCKET);
        settings.put("ortune.storage.endpoint", storage.endpoint().toString());
        settings.put("ortune.storage.path-style", "true");
        settings.put("ortune.worker.threads", "1");
        settings.put("ortune.worker.slots", "1");
        settings.put("ortune.worker.poll", "PT0.1S");
        settings.put("ortune.worker.heartbeat", "PT0.3S");
        settings.put("ortune.worker.lease", "PT4S");
        settings.put("ortune.worker.checkpoint-steps", "10");
        settings.put("quarkus.http.host", "127.0.0.1");
        settings.put("quarkus.grpc.server.port", Integer.toString(FreePort.find()));
        return RunningService.launch(
                Files.createDirectory(folder.resolve(name)),
                settings,
                Map.of(
                        "AWS_ACCESS_KEY_ID", S3Server.ACCESS_KEY,
                        "AWS_SECRET_ACCESS_KEY", S3Server.SECRET_KEY));
    }

    @AfterAll
    void stop() throws Exception {
        for (RunningService service :
                new RunningService[] {serving, alsoServing, training, alsoTraining}) {
            if (service != null) {
                service.close();
            }
        }
        storage.close();
        database.close();
    }

    @Test
    void aJobWhoseWorkerIsLostGoesOnElsewhereAndItsModelAnswersEverywhere() throws Exception {
        try (TuningClient client = client(serving);
                TuningClient other = client(alsoServing)) {
            String file = client.upload("reviews.jsonl", ROWS);
            JobView undisturbed = client.create(body(file), Optional.empty());
            within(TRAINED, () -> isOver(other, undisturbed));

            JobView lost = other.create(body(file), Optional.empty());
            within(TRAINED, () -> client.job(lost.id()).checkpointStep() >= 20);
            worker(lost.id()).process().destroyForcibly().waitFor();
            within(TRAINED, () -> isOver(client, lost));

            JobView done = client.job(lost.id());
            assertThat(done.status())
                    .as(client.follow(lost.id()).toString())
                    .isEqualTo("succeeded");
            assertThat(resumedAfter(client, lost.id())).isGreaterThanOrEqualTo(10);
            List<StepView> steps = client.steps(lost.id(), 0, 1000).elements();
            assertThat(steps).isEqualTo(other.steps(undisturbed.id(), 0, 1000).elements());
            assertThat(steps).hasSize(done.step());

            String model = done.model().orElseThrow();
            within(TOLD, () -> answers(client, model));
            within(TOLD, () -> answers(other, model));
        }
    }

    @Test
    void aJobOutlivesAStorageThatIsAway() throws Exception {
        try (TuningClient client = client(serving)) {
            String file = client.upload("reviews.jsonl", ROWS);
            JobView job = client.create(body(file), Optional.empty());
            within(TRAINED, () -> client.job(job.id()).checkpointStep() >= 20);
            storage.close();
            assertThatThrownBy(() -> client.upload("more.jsonl", ROWS))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> assertThat(refusal.code()).isEqualTo("STORAGE_UNAVAILABLE"));
            int step = client.job(job.id()).step();
            within(TRAINED, () -> client.job(job.id()).step() > step || isTrained(client, job));
            assertThat(client.job(job.id()).status()).isEqualTo("running");

            storage.startAgain();
            within(TRAINED, () -> isOver(client, job));
            assertThat(client.job(job.id()).status())
                    .as(client.follow(job.id()).toString())
                    .isEqualTo("succeeded");
            String model = client.job(job.id()).model().orElseThrow();
            within(TOLD, () -> answers(client, model));
        }
    }

    /** Whether nothing is left to do but to store what has come of it. */
    private static boolean isTrained(TuningClient client, JobView job) {
        return client.job(job.id()).step() == STEPS;
    }

    private static int resumedAfter(TuningClient client, String job) {
        return client.follow(job).stream()
                .map(EventView::message)
                .map(RESUMED::matcher)
                .filter(Matcher::find)
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .max()
                .orElse(0);
    }

    /** Who works on a job, by the process's id in its lease. */
    private RunningService worker(String job) throws SQLException {
        try (Connection connection = database.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select lease_worker from job where id = '" + job + "'")) {
            assertThat(rows.next()).isTrue();
            String worker = rows.getString(1);
            return worker.endsWith("-" + training.process().pid()) ? training : alsoTraining;
        }
    }

    private static boolean answers(TuningClient client, String model) {
        try {
            return List.of("positive", "negative").contains(client.classify(model, "it was good"));
        } catch (RuntimeException | AssertionError e) {
            return false;
        }
    }

    private static boolean isOver(TuningClient client, JobView job) {
        return List.of("succeeded", "failed", "cancelled").contains(client.job(job.id()).status());
    }

    private static TuningClient client(RunningService service) {
        return new RestTuningClient(service.http().getPort(), Optional.empty());
    }

    private static void within(Duration time, BooleanSupplier condition)
            throws InterruptedException {
        long end = System.nanoTime() + time.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("the end of " + time).isLessThan(end);
            Thread.sleep(20);
        }
    }

    private static String body(String file) {
        return "{\"model\":\"distilbert-tiny\",\"seed\":7,\"training_file\":\""
                + file
                + "\",\"hyperparameters\":{\"n_epochs\":40,\"batch_size\":4,\"lora\":{\"r\":2}}}";
    }
}
