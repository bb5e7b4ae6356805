package dev.ortune.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a listener hears of jobs, and when. */
class JobListenerTest {

    private static final Duration LEASE = Duration.ofSeconds(30);

    @TempDir private Path folder;
    private JdbcConnectionPool pool;
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private final List<String> heard = new ArrayList<>();
    private JobStore store;
    private JobQueue queue;

    @BeforeEach
    void open() {
        pool =
                JdbcConnectionPool.create(
                        "jdbc:h2:file:" + folder.resolve("jobs") + ";MODE=PostgreSQL",
                        "ortune",
                        "");
        Flyway.configure().dataSource(pool).locations("classpath:db/migration").load().migrate();
        Jdbi database = Jdbi.create(pool);
        JobListener listener =
                (handle, job, status) -> {
                    heard.add(job.status() + " to " + status);
                    if (status == JobStatus.FAILED) {
                        throw new IllegalStateException("the listener cannot");
                    }
                };
        store = new JobStore(database, () -> now, listener);
        queue = new JobQueue(database, () -> now, new ClaimPolicy(LEASE, 100, 3), listener);
    }

    @AfterEach
    void close() {
        pool.dispose();
    }

    @Test
    void everyChangeIsHeardOnce() {
        Job job = queued();
        store.pause("a", job.id());
        store.resume("a", job.id());
        queue.claim("lost", Capacity.UNLIMITED);
        now = now.plus(LEASE).plusMillis(1);
        Claim claim = queue.claim("w", Capacity.UNLIMITED).orElseThrow();
        queue.leave(claim.lease(), new JobOutcome.GivenUp());
        Claim last = queue.claim("w", Capacity.UNLIMITED).orElseThrow();
        queue.leave(last.lease(), new JobOutcome.Succeeded("m"));
        assertThat(heard)
                .containsExactly(
                        "VALIDATING_FILES to QUEUED",
                        "QUEUED to PAUSED",
                        "PAUSED to QUEUED",
                        "QUEUED to RUNNING",
                        "RUNNING to QUEUED",
                        "QUEUED to RUNNING",
                        "RUNNING to QUEUED",
                        "QUEUED to RUNNING",
                        "RUNNING to SUCCEEDED");
    }

    @Test
    void aListenerThatCannotUndoesTheChange() {
        Job job = queued();
        Claim claim = queue.claim("w", Capacity.UNLIMITED).orElseThrow();
        JobOutcome failed = new JobOutcome.Failed(new JobFailure("C", "m"));
        assertThatThrownBy(() -> queue.leave(claim.lease(), failed))
                .hasMessageContaining("the listener cannot");
        assertThat(store.get("a", job.id()).status()).isEqualTo(JobStatus.RUNNING);
        assertThat(store.get("a", job.id()).failure()).isEmpty();
        assertThat(queue.heartbeat(claim.lease(), JobProgress.none())).isPresent();
    }

    private Job queued() {
        Job job = store.create(new NewJob("a", "b", "{}", Map.of(), 0, Optional.empty()));
        Claim claim = queue.claimToValidate("v").orElseThrow();
        queue.leave(claim.lease(), new JobOutcome.Validated(1, 1));
        return store.get("a", job.id());
    }
}
