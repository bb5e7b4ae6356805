package dev.ortune.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.UnavailableException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real workers on a real database; only the work is made up: steps that take a moment each. */
@Timeout(60)
class JobWorkerTest {

    private static final InstantSource CLOCK = InstantSource.system();
    private static final WorkerSettings SETTINGS = resting(Duration.ZERO);

    @TempDir private Path folder;
    private JdbcConnectionPool pool;
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
        store = new JobStore(database, CLOCK, JobListener.NONE);
        queue =
                new JobQueue(
                        database,
                        CLOCK,
                        new ClaimPolicy(Duration.ofSeconds(20), 100, 3),
                        JobListener.NONE);
    }

    @AfterEach
    void close() {
        pool.dispose();
    }

    @Test
    void jobsAreDoneSeveralAtATime() throws Exception {
        List<Job> jobs = List.of(queued(), queued(), queued(), queued(), queued());
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        JobTask task =
                (job, control) -> {
                    most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                    pause(30);
                    atOnce.decrementAndGet();
                    return new JobOutcome.Succeeded("model-of-" + job.id());
                };
        try (JobWorker worker = worker(queue, task, 2, SETTINGS)) {
            for (Job job : jobs) {
                Job ended = await(job, it -> it.status() == JobStatus.SUCCEEDED);
                assertThat(ended.resultModel()).contains("model-of-" + job.id());
            }
        }
        assertThat(most).hasValue(2);
    }

    @Test
    void whatGoesWrongIsTheJobsFailureAndNotTheWorkers() throws Exception {
        Job full = queued();
        Job broken = queued();
        Job good = queued();
        JobTask task =
                (job, control) -> {
                    if (job.id().equals(full.id())) {
                        throw new UnavailableException(
                                ErrorCode.DISK_FULL, "The disk is full.", "Make room.");
                    }
                    if (job.id().equals(broken.id())) {
                        throw new IllegalStateException("a secret of the inside");
                    }
                    return new JobOutcome.Succeeded("m");
                };
        try (JobWorker worker = worker(queue, task, 2, SETTINGS)) {
            assertThat(await(full, it -> it.status().isFinal()).failure())
                    .contains(new JobFailure("DISK_FULL", "The disk is full."));
            JobFailure inside = await(broken, it -> it.status().isFinal()).failure().orElseThrow();
            assertThat(inside.code()).isEqualTo("INTERNAL");
            assertThat(inside.message()).doesNotContain("secret");
            assertThat(await(good, it -> it.status().isFinal()).status())
                    .isEqualTo(JobStatus.SUCCEEDED);
        }
    }

    @Test
    void whoListensHearsOfQuestionsAndOutcomes() throws Exception {
        Job good = queued();
        Set<String> heard = ConcurrentHashMap.newKeySet();
        WorkerListener listener =
                new WorkerListener() {
                    @Override
                    public void asked(String lane, Duration took) {
                        assertThat(took).isPositive();
                        heard.add(lane + " asked");
                    }

                    @Override
                    public void left(String lane, JobOutcome outcome) {
                        heard.add(lane + " left " + outcome);
                    }
                };
        JobTask task = (job, control) -> new JobOutcome.Succeeded("m");
        try (JobWorker worker = worker(queue, task, 1, SETTINGS, listener)) {
            await(good, it -> it.status() == JobStatus.SUCCEEDED);
        }
        assertThat(heard)
                .containsExactlyInAnyOrder(
                        "validation asked",
                        "validation left " + new JobOutcome.Validated(1, 100),
                        "training asked",
                        "training left " + new JobOutcome.Succeeded("m"));
    }

    @Test
    void aTaskThatCannotUseTheDatabaseIsTriedAgain() throws Exception {
        Job job = queued();
        AtomicInteger tries = new AtomicInteger();
        JobTask task =
                (it, control) -> {
                    if (tries.incrementAndGet() == 1) {
                        throw new ConnectionException(new SQLException("the database is away"));
                    }
                    return new JobOutcome.Succeeded("m");
                };
        try (JobWorker worker = worker(queue, task, 1, SETTINGS)) {
            await(job, it -> it.status() == JobStatus.SUCCEEDED);
        }
        assertThat(tries).hasValue(2);
    }

    @Test
    void pausedItWaitsAndResumedItGoesOn() throws Exception {
        Job job = queued();
        try (JobWorker worker = worker(queue, new Steps(200), 2, SETTINGS)) {
            await(job, it -> it.progress().step() > 3);
            store.pause("a", job.id());
            Job paused = await(job, it -> it.status() == JobStatus.PAUSED);
            int saved = paused.progress().checkpointStep();
            assertThat(saved).isBetween(3, 199);
            store.resume("a", job.id());
            Job ended = await(job, it -> it.status().isFinal());
            assertThat(ended.status()).isEqualTo(JobStatus.SUCCEEDED);
            assertThat(ended.resultModel()).contains("from-" + saved);
        }
    }

    @Test
    void cancelledItStops() throws Exception {
        Job job = queued();
        try (JobWorker worker = worker(queue, new Steps(100_000), 2, SETTINGS)) {
            await(job, it -> it.progress().step() > 3);
            store.cancel("a", job.id());
            assertThat(await(job, it -> it.status().isFinal()).status())
                    .isEqualTo(JobStatus.CANCELLED);
        }
    }

    @Test
    void aWorkerThatEndsSavesAndAnotherGoesOn() throws Exception {
        Job job = queued();
        JobWorker first = worker(queue, new Steps(300), 2, SETTINGS);
        await(job, it -> it.progress().step() > 3);
        first.close();
        Job left = store.get("a", job.id());
        assertThat(left.status()).isEqualTo(JobStatus.QUEUED);
        int saved = left.progress().checkpointStep();
        assertThat(saved).isPositive();
        try (JobWorker second = worker(queue, new Steps(300), 2, SETTINGS)) {
            Job ended = await(job, it -> it.status().isFinal());
            assertThat(ended.resultModel()).contains("from-" + saved);
            assertThat(ended.deaths()).isZero();
        }
    }

    @Test
    void aWorkerWhoseLeaseWasLostStopsAndChangesNothing() throws Exception {
        JobQueue brief =
                new JobQueue(
                        Jdbi.create(pool),
                        CLOCK,
                        new ClaimPolicy(Duration.ofMillis(300), 100, 3),
                        JobListener.NONE);
        Job job = queued();
        List<StopReason> reasons = new CopyOnWriteArrayList<>();
        CountDownLatch stopped = new CountDownLatch(1);
        JobTask deaf =
                (it, control) -> {
                    while (control.stopAsked().isEmpty()) {
                        pause(1);
                    }
                    reasons.add(control.stopAsked().get());
                    stopped.countDown();
                    return control.stopAsked().get().outcome();
                };
        // Its heart beats too seldom to keep the lease.
        WorkerSettings slow =
                new WorkerSettings(
                        "slow", Duration.ZERO, Duration.ofSeconds(30), Duration.ofMillis(1500));
        JobWorker worker = worker(brief, deaf, 1, slow);
        await(job, it -> it.status() == JobStatus.RUNNING);
        pause(400);
        Claim other = queue.claim("other", Capacity.UNLIMITED).orElseThrow();
        assertThat(other.job().id()).isEqualTo(job.id());
        stopped.await();
        worker.close();
        assertThat(reasons).containsExactly(StopReason.LEASE_LOST);
        assertThat(store.get("a", job.id()).status()).isEqualTo(JobStatus.RUNNING);
        assertThat(queue.leave(other.lease(), new JobOutcome.Succeeded("m"))).isTrue();
    }

    @Test
    void aDatabaseThatIsAwayForAWhileIsAskedAgain() throws Exception {
        pool.setMaxConnections(1);
        pool.setLoginTimeout(1);
        Job job = queued();
        try (JobWorker worker = worker(queue, new Steps(50), 2, SETTINGS)) {
            await(job, it -> it.progress().step() > 3);
            // Nobody gets a connection meanwhile.
            try (java.sql.Connection taken = pool.getConnection()) {
                pause(2500);
            }
            assertThat(await(job, it -> it.status().isFinal()).status())
                    .isEqualTo(JobStatus.SUCCEEDED);
        }
    }

    @Test
    void aWorkerAsksForNothingUntilItHasRested() {
        Job job = queued();
        WorkerSettings rested = resting(Duration.ofMillis(300));
        long start = System.nanoTime();
        try (JobWorker worker = worker(queue, new Steps(1), 1, rested)) {
            await(job, it -> it.status().isFinal());
            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isGreaterThanOrEqualTo(rested.rest());
        }
    }

    @Test
    void aWorkerThatRestsIsClosedAtOnce() {
        Job job = queued();
        JobWorker worker = worker(queue, new Steps(1), 1, resting(Duration.ofHours(1)));
        pause(200);
        worker.close();
        assertThat(store.get("a", job.id()).status()).isEqualTo(job.status());
    }

    /** Counts, saving every tenth step and where it is stopped; goes on from what is saved. */
    private record Steps(int total) implements JobTask {
        @Override
        public JobOutcome run(Job job, TaskControl control) {
            int from = job.progress().checkpointStep();
            int saved = from;
            for (int step = from; step < total; step++) {
                if (control.stopAsked().isPresent()) {
                    control.reached(new JobProgress(step, total, step));
                    return control.stopAsked().get().outcome();
                }
                pause(2);
                saved = step % 10 == 9 ? step + 1 : saved;
                control.reached(new JobProgress(step + 1, total, saved));
            }
            return new JobOutcome.Succeeded("from-" + from);
        }
    }

    private static WorkerSettings resting(Duration rest) {
        return new WorkerSettings("w", rest, Duration.ofMillis(5), Duration.ofMillis(10));
    }

    private static JobWorker worker(
            JobQueue queue, JobTask task, int slots, WorkerSettings settings) {
        return worker(queue, task, slots, settings, WorkerListener.NONE);
    }

    private static JobWorker worker(
            JobQueue queue,
            JobTask task,
            int slots,
            WorkerSettings settings,
            WorkerListener listener) {
        return new JobWorker(
                queue,
                List.of(
                        new ValidationLane(
                                queue, (job, control) -> new JobOutcome.Validated(1, 100)),
                        new TrainingLane(queue, task, slots, slots)),
                CLOCK,
                settings,
                listener);
    }

    private Job queued() {
        return store.create(new NewJob("a", "b", "{}", Map.of(), 0, Optional.empty()));
    }

    private Job await(Job job, Predicate<Job> condition) {
        while (true) {
            Job now = store.get("a", job.id());
            if (condition.test(now)) {
                return now;
            }
            pause(2);
        }
    }

    private static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
