package dev.ortune.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.job.Job;
import dev.ortune.job.JobEvent;
import dev.ortune.job.JobEvents;
import dev.ortune.job.JobJournal;
import dev.ortune.job.JobListener;
import dev.ortune.job.JobProgress;
import dev.ortune.job.JobStep;
import dev.ortune.job.JobStore;
import dev.ortune.job.Lease;
import dev.ortune.job.NewJob;
import dev.ortune.job.StopReason;
import dev.ortune.job.TaskControl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a training told its own file reaches the database, whoever died or was away meanwhile. */
@Timeout(30)
class NewsFileTest {

    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z"));
    private static final List<String> NEWS =
            List.of(
                    "{\"event\":\"started\",\"total_steps\":2}",
                    step(1, 0.7, 1.5),
                    "{\"event\":\"checkpoint\",\"step\":1}",
                    step(2, 0.6, 3.5),
                    "{\"event\":\"epoch\",\"epoch\":1,\"step\":2,\"training_loss\":0.65}");

    @TempDir private Path folder;
    private JdbcConnectionPool pool;
    private JobJournal journal;
    private JobEvents events;
    private Job job;
    private Path file;

    @BeforeEach
    void createJob() throws IOException {
        pool = JdbcConnectionPool.create("jdbc:h2:" + folder + "/db;MODE=PostgreSQL", "ortune", "");
        Flyway.configure().dataSource(pool).locations("classpath:db/migration").load().migrate();
        Jdbi database = Jdbi.create(pool);
        journal = new JobJournal(database, CLOCK);
        events = new JobEvents(database, CLOCK);
        job =
                new JobStore(database, CLOCK, JobListener.NONE)
                        .create(new NewJob("t", "b", "{}", Map.of(), 0, Optional.empty()));
        file = folder.resolve("news.jsonl");
        Files.write(file, NEWS);
    }

    @AfterEach
    void close() {
        pool.dispose();
    }

    @Test
    void whatADeadWorkerDidNotWriteIsMadeUpFor() throws Exception {
        assertThat(new NewsFile(file).retell(reporter(Optional.empty()))).isTrue();
        assertThat(journal.steps(job.id(), 0, 10))
                .extracting(JobStep::loss)
                .containsExactly(0.7, 0.6);
        assertThat(journal.epochs(job.id())).hasSize(1);
        assertThat(messages())
                .contains("Training for 2 steps.", "Step 2/2: training loss=0.6000")
                .contains("Epoch 1: training loss=0.6500");
    }

    @Test
    void toldTwiceNothingIsThereTwiceAndTheFirstStays() throws Exception {
        new NewsFile(file).retell(reporter(Optional.empty()));
        List<String> once = messages();
        Files.writeString(file, step(2, 0.6, 99) + "\n", StandardOpenOption.APPEND);
        new NewsFile(file).retell(reporter(Optional.empty()));
        assertThat(messages()).isEqualTo(once);
        assertThat(journal.steps(job.id(), 0, 10))
                .extracting(JobStep::seconds)
                .containsExactly(1.5, 3.5);
    }

    @Test
    void whatWasCutOffIsPassedOver() throws Exception {
        byte[] half = {'{', '"', (byte) 0xc3};
        Files.write(file, half, StandardOpenOption.APPEND);
        Files.writeString(file, "\n" + step(3, 0.5, 4) + "\n", StandardOpenOption.APPEND);
        assertThat(new NewsFile(file).retell(reporter(Optional.empty()))).isTrue();
        assertThat(journal.steps(job.id(), 0, 10)).hasSize(3);
    }

    @Test
    void aJobThatHasNotBegunHasNothingToTell() throws Exception {
        Files.delete(file);
        assertThat(new NewsFile(file).retell(reporter(Optional.empty()))).isTrue();
    }

    @Test
    void aWorkerThatEndsDoesNotWaitForADatabaseThatIsAway() throws Exception {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("alter table job_step rename to job_step_away");
        }
        assertThat(new NewsFile(file).retell(reporter(Optional.of(StopReason.SHUTDOWN)))).isFalse();
    }

    private List<String> messages() {
        return events.after(job.id(), 0, 100).stream().map(JobEvent::message).toList();
    }

    private TrainingReporter reporter(Optional<StopReason> stop) {
        return new TrainingReporter(
                job,
                new Control(stop),
                new TrainingReporter.Places(journal, events, TuningListener.NONE),
                CLOCK,
                0);
    }

    private static String step(int step, double loss, double seconds) {
        return "{\"event\":\"step\",\"step\":"
                + step
                + ",\"epoch\":1,\"loss\":"
                + loss
                + ",\"learning_rate\":0.001,\"tokens\":10,\"seconds\":"
                + seconds
                + "}";
    }

    private record Control(Optional<StopReason> stopAsked) implements TaskControl {

        @Override
        public void reached(JobProgress progress) {}

        @Override
        public Lease lease() {
            throw new UnsupportedOperationException();
        }
    }
}
