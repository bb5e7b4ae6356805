package dev.ortune.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What jobs do on any database. */
@Timeout(60)
abstract class JobContract {

    private static final Duration LEASE = Duration.ofSeconds(30);
    private static final ClaimPolicy POLICY = new ClaimPolicy(LEASE, 100, 3);

    private Instant now = Instant.parse("2026-01-02T03:04:05.123456Z");
    private Jdbi database;
    private JobStore store;
    private JobQueue queue;
    private JobEvents events;

    /** An empty database. */
    abstract DataSource database();

    @BeforeEach
    void migrate() {
        DataSource source = database();
        Flyway.configure().dataSource(source).locations("classpath:db/migration").load().migrate();
        database = Jdbi.create(source);
        store = new JobStore(database, () -> now, JobListener.NONE);
        queue = new JobQueue(database, () -> now, POLICY, JobListener.NONE);
        events = new JobEvents(database, () -> now);
    }

    @Test
    void aJobGoesFromItsFilesToItsModel() {
        Job created = store.create(job("a", Map.of("team", "red"), 0));
        assertThat(created.status()).isEqualTo(JobStatus.VALIDATING_FILES);
        assertThat(created.id()).matches("ftjob-[a-z2-7]{26}");
        assertThat(created.createdAt()).isEqualTo(now);
        assertThat(created.metadata()).containsExactly(Map.entry("team", "red"));
        assertThat(queue.claim("w", Capacity.UNLIMITED)).isEmpty();
        validate(created);

        Claim claim = queue.claim("w", Capacity.UNLIMITED).orElseThrow();
        assertThat(claim.job().id()).isEqualTo(created.id());
        assertThat(claim.job().status()).isEqualTo(JobStatus.RUNNING);
        assertThat(claim.job().specification()).isEqualTo("{\"base\": \"b\"}");
        assertThat(claim.job().metadata()).containsEntry("team", "red");
        now = now.plusSeconds(20);
        Heartbeat beat = queue.heartbeat(claim.lease(), new JobProgress(7, 100, 5)).orElseThrow();
        assertThat(beat.lease().until()).isEqualTo(now.plus(LEASE));
        assertThat(beat.wish()).isEmpty();
        assertThat(store.get("a", created.id()).progress()).isEqualTo(new JobProgress(7, 100, 5));
        assertThat(queue.leave(beat.lease(), new JobOutcome.Succeeded("sentiment"))).isTrue();

        Job ended = store.get("a", created.id());
        assertThat(ended.status()).isEqualTo(JobStatus.SUCCEEDED);
        assertThat(ended.resultModel()).contains("sentiment");
        assertThat(ended.startedAt()).contains(now.minusSeconds(20));
        assertThat(ended.finishedAt()).contains(now);
        assertThat(queue.claim("w", Capacity.UNLIMITED)).isEmpty();
        assertThat(events.after(created.id(), 0, 100))
                .extracting(JobEvent::number)
                .containsExactly(1L, 2L, 3L, 4L);
        assertThat(events.after(created.id(), 2, 1))
                .extracting(JobEvent::message)
                .containsExactly("Job started.");
    }

    @Test
    void aTenantSeesNoOtherTenantsJobs() {
        Job mine = store.create(job("a"));
        assertThatThrownBy(() -> store.get("b", mine.id()))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.JOB_NOT_FOUND));
        for (Callable<Job> request :
                List.<Callable<Job>>of(
                        () -> store.pause("b", mine.id()),
                        () -> store.resume("b", mine.id()),
                        () -> store.cancel("b", mine.id()))) {
            assertThatThrownBy(request::call).hasMessageContaining("There is no job");
        }
        assertThat(store.list("b", Optional.empty(), 10, Map.of()).jobs()).isEmpty();
        assertThatThrownBy(() -> store.list("b", Optional.of(mine.id()), 10, Map.of()))
                .hasMessageContaining("There is no job");
    }

    @Test
    void listsComeInPagesNewestFirst() {
        List<Job> created =
                IntStream.range(0, 7)
                        .mapToObj(i -> store.create(job("a", Map.of("even", "" + (i % 2 == 0)), 0)))
                        .toList();
        JobPage first = store.list("a", Optional.empty(), 3, Map.of());
        assertThat(ids(first.jobs()))
                .isEqualTo(ids(List.of(created.get(6), created.get(5), created.get(4))));
        assertThat(first.hasMore()).isTrue();
        JobPage last = store.list("a", Optional.of(created.get(3).id()), 3, Map.of());
        assertThat(ids(last.jobs()))
                .isEqualTo(ids(List.of(created.get(2), created.get(1), created.get(0))));
        assertThat(last.hasMore()).isFalse();
        assertThat(ids(store.list("a", Optional.empty(), 10, Map.of("even", "false")).jobs()))
                .isEqualTo(ids(List.of(created.get(5), created.get(3), created.get(1))));
        assertThat(store.list("a", Optional.empty(), 10, Map.of("even", "true", "no", "x")).jobs())
                .isEmpty();
    }

    @Test
    void aRepeatedRequestFindsItsJob() throws Exception {
        NewJob request = idempotent("a", "key", "1".repeat(64));
        Job first = store.create(request);
        assertThat(store.create(request).id()).isEqualTo(first.id());
        assertThat(store.create(idempotent("b", "key", "1".repeat(64))).id())
                .isNotEqualTo(first.id());
        assertThatThrownBy(() -> store.create(idempotent("a", "key", "2".repeat(64))))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.IDEMPOTENCY_KEY_REUSED));
        NewJob other = idempotent("a", "other", "3".repeat(64));
        assertThat(new HashSet<>(inParallel(8, () -> store.create(other).id()))).hasSize(1);
    }

    @Test
    void aWaitingJobIsPausedResumedAndCancelledAtOnce() {
        Job job = queued("a", 0);
        assertThat(store.pause("a", job.id()).status()).isEqualTo(JobStatus.PAUSED);
        assertThat(queue.claim("w", Capacity.UNLIMITED)).isEmpty();
        assertThatThrownBy(() -> store.pause("a", job.id()))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.JOB_STATUS))
                .hasMessageContaining("paused");
        assertThat(store.resume("a", job.id()).status()).isEqualTo(JobStatus.QUEUED);
        assertThat(store.cancel("a", job.id()).status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(store.cancel("a", job.id()).status()).isEqualTo(JobStatus.CANCELLED);
        assertThat(store.get("a", job.id()).finishedAt()).contains(now);
        assertThat(queue.claim("w", Capacity.UNLIMITED)).isEmpty();
    }

    @Test
    void aRunningJobsWorkerHearsWhatItsOwnerWants() {
        Job job = queued("a", 0);
        Claim claim = queue.claim("w", Capacity.UNLIMITED).orElseThrow();
        assertThat(store.pause("a", job.id()).status()).isEqualTo(JobStatus.RUNNING);
        assertThat(beat(claim).wish()).contains(JobWish.PAUSE);
        queue.leave(claim.lease(), new JobOutcome.Paused());
        assertThat(store.get("a", job.id()).status()).isEqualTo(JobStatus.PAUSED);
        store.resume("a", job.id());
        Claim again = queue.claim("w", Capacity.UNLIMITED).orElseThrow();
        assertThat(beat(again).wish()).isEmpty();
        store.cancel("a", job.id());
        store.pause("a", job.id());
        assertThat(beat(again).wish()).contains(JobWish.CANCEL);
        queue.leave(again.lease(), new JobOutcome.Cancelled());
        assertThat(store.get("a", job.id()).status()).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void unfitFilesFailAJobWithTheReason() {
        Job job = store.create(job("a"));
        Claim claim = queue.claimToValidate("v").orElseThrow();
        assertThat(queue.claimToValidate("v")).isEmpty();
        JobFailure unfit = new JobFailure("DATASET_EMPTY", "t.csv has no data rows.");
        assertThat(queue.leave(claim.lease(), new JobOutcome.Failed(unfit))).isTrue();
        Job rejected = store.get("a", job.id());
        assertThat(rejected.status()).isEqualTo(JobStatus.FAILED);
        assertThat(rejected.failure())
                .contains(new JobFailure("DATASET_EMPTY", "t.csv has no data rows."));
        assertThat(queue.claim("w", Capacity.UNLIMITED)).isEmpty();
    }

    @Test
    void aSilentValidatorsJobIsLookedThroughAgain() {
        Job job = store.create(job("a"));
        Claim lost = queue.claimToValidate("v").orElseThrow();
        now = now.plus(LEASE).plusMillis(1);
        Claim next = queue.claimToValidate("v").orElseThrow();
        assertThat(next.job().id()).isEqualTo(job.id());
        assertThat(next.job().deaths()).isEqualTo(1);
        assertThat(queue.leave(lost.lease(), new JobOutcome.Validated(1, 1))).isFalse();
        assertThat(queue.leave(next.lease(), new JobOutcome.GivenUp())).isTrue();
        store.cancel("a", job.id());
        assertThat(queue.claimToValidate("v")).isEmpty();
    }

    @Test
    void aJobWaitsForMemoryAndNoLaterOneOvertakesIt() {
        Job large = validate(store.create(job("a")), 80);
        Job small = validate(store.create(job("a")), 10);
        assertThat(queue.claim("w", new Capacity(50, 100))).isEmpty();
        assertThat(queue.claim("w", new Capacity(80, 100)).orElseThrow().job().id())
                .isEqualTo(large.id());
        validate(store.create(job("a")), 1000);
        assertThat(queue.claim("w", new Capacity(20, 100)).orElseThrow().job().id())
                .isEqualTo(small.id());
        // One that no memory of this worker's would do for is left to others.
        assertThat(queue.claim("w", new Capacity(100, 100))).isEmpty();
    }

    @Test
    void aProcessThatDiesIsTriedAgainAndThenTheJobFails() {
        Job job = queued("a", 0);
        for (int death = 1; death < 3; death++) {
            Claim claim = queue.claim("w", Capacity.UNLIMITED).orElseThrow();
            queue.leave(claim.lease(), new JobOutcome.Lost("it was killed"));
            assertThat(store.get("a", job.id()).status()).isEqualTo(JobStatus.QUEUED);
        }
        Claim last = queue.claim("w", Capacity.UNLIMITED).orElseThrow();
        queue.leave(last.lease(), new JobOutcome.Lost("it was killed"));
        JobFailure failure = store.get("a", job.id()).failure().orElseThrow();
        assertThat(failure.code()).isEqualTo("WORKER_LOST");
        assertThat(failure.message()).contains("3 times after step 0", "it was killed");
    }

    @Test
    void aHeldJobIsPausedWithTheReason() {
        Job job = queued("a", 0);
        Claim claim = queue.claim("w", Capacity.UNLIMITED).orElseThrow();
        queue.leave(
                claim.lease(), new JobOutcome.Held(new JobFailure("DISK_FULL", "No room left.")));
        assertThat(store.get("a", job.id()).status()).isEqualTo(JobStatus.PAUSED);
        assertThat(events.before(job.id(), Long.MAX_VALUE, 1))
                .extracting(JobEvent::message)
                .containsExactly("Job paused: No room left.");
    }

    @Test
    void numbersThatComeAgainChangeNothing() {
        Job job = queued("a", 0);
        JobJournal journal = new JobJournal(database, () -> now);
        JobStep first = new JobStep(1, 1, 0.7, 1e-3, OptionalDouble.of(2.5), 100, 0.5);
        JobStep second = new JobStep(2, 1, 0.6, 9e-4, OptionalDouble.empty(), 200, 1.0);
        journal.add(job.id(), List.of(first, second), Optional.of(now.plusSeconds(9)));
        journal.add(job.id(), List.of(second), Optional.empty());
        assertThat(journal.steps(job.id(), 0, 10)).containsExactly(first, second);
        assertThat(journal.steps(job.id(), 1, 10)).containsExactly(second);
        assertThat(store.get("a", job.id()).trainedTokens()).isEqualTo(200);
        journal.add(job.id(), 1, 2, 0.65, Optional.of("{}"));
        journal.add(job.id(), 1, 2, 0.65, Optional.of("{}"));
        assertThat(journal.epochs(job.id()))
                .containsExactly(new JobEpoch(1, 2, now, 0.65, Optional.of("{}")));
        events.addOnce(job.id(), "epoch-1", JobEvent.Level.INFO, "Epoch 1.", "{}");
        events.addOnce(job.id(), "epoch-1", JobEvent.Level.INFO, "Epoch 1.", "{}");
        assertThat(events.after(job.id(), 0, 100))
                .filteredOn(event -> event.message().equals("Epoch 1."))
                .hasSize(1);
    }

    @Test
    void priorityComesBeforeFairnessAndFairnessBeforeAge() {
        Job first = queued("a", 0);
        Job second = queued("a", 0);
        Job third = queued("b", 0);
        Job urgent = queued("a", 5);
        assertThat(claimed()).isEqualTo(urgent.id());
        // Tenant a has one running, b none.
        assertThat(claimed()).isEqualTo(third.id());
        assertThat(claimed()).isEqualTo(first.id());
        assertThat(claimed()).isEqualTo(second.id());
    }

    @Test
    void aTenantRunsNoMoreThanItsShare() {
        JobQueue narrow =
                new JobQueue(database, () -> now, new ClaimPolicy(LEASE, 1, 3), JobListener.NONE);
        queued("a", 9);
        queued("a", 9);
        Job other = queued("b", 0);
        Claim claim = narrow.claim("w", Capacity.UNLIMITED).orElseThrow();
        assertThat(narrow.claim("w", Capacity.UNLIMITED).orElseThrow().job().id())
                .isEqualTo(other.id());
        assertThat(narrow.claim("w", Capacity.UNLIMITED)).isEmpty();
        narrow.leave(claim.lease(), new JobOutcome.Succeeded("m"));
        assertThat(narrow.claim("w", Capacity.UNLIMITED)).isPresent();
    }

    @Test
    void whoWaitsIsFoundAmongTenantsWhoHaveNothingWaiting() {
        Set<String> jobs = new HashSet<>();
        for (String tenant : List.of("b", "default", "B", "a", "b1", "z", "a-team", "0")) {
            jobs.add(queued(tenant, tenant.length()).id());
        }
        while (!jobs.isEmpty()) {
            Claim claim = queue.claim("w", Capacity.UNLIMITED).orElseThrow();
            assertThat(jobs.remove(claim.job().id())).isTrue();
            if (jobs.size() % 2 == 0) {
                queue.leave(claim.lease(), new JobOutcome.Succeeded("m"));
            }
        }
        assertThat(queue.claim("w", Capacity.UNLIMITED)).isEmpty();
        Job late = queued("a", 0);
        assertThat(claimed()).isEqualTo(late.id());
    }

    @Test
    void noTwoWorkersGetTheSameJob() throws Exception {
        Set<String> jobs = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            jobs.add(queued("t" + i % 4, i % 2).id());
        }
        List<List<String>> taken =
                inParallel(
                        6,
                        () -> {
                            List<String> own = new ArrayList<>();
                            Optional<Claim> claim = queue.claim("w", Capacity.UNLIMITED);
                            while (claim.isPresent()) {
                                own.add(claim.get().job().id());
                                claim = queue.claim("w", Capacity.UNLIMITED);
                            }
                            return own;
                        });
        List<String> all = taken.stream().flatMap(List::stream).toList();
        assertThat(all).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(jobs);
    }

    @Test
    void aSilentWorkersJobGoesOnElsewhere() {
        Job job = queued("a", 0);
        Claim lost = queue.claim("first", Capacity.UNLIMITED).orElseThrow();
        now = now.plus(LEASE);
        assertThat(queue.claim("second", Capacity.UNLIMITED)).isEmpty();
        now = now.plusMillis(1);
        assertThat(queue.heartbeat(lost.lease(), JobProgress.none())).isEmpty();
        Claim next = queue.claim("second", Capacity.UNLIMITED).orElseThrow();
        assertThat(next.job().id()).isEqualTo(job.id());
        assertThat(next.job().deaths()).isEqualTo(1);
        assertThat(next.job().startedAt()).isEqualTo(lost.job().startedAt());
        assertThat(queue.leave(lost.lease(), new JobOutcome.Succeeded("m"))).isFalse();
        assertThat(store.get("a", job.id()).status()).isEqualTo(JobStatus.RUNNING);
        assertThat(queue.leave(next.lease(), new JobOutcome.Succeeded("m"))).isTrue();
    }

    @Test
    void aJobThatKillsItsWorkersAtTheSamePlaceFails() {
        Job job = queued("a", 0);
        for (int death = 0; death < 3; death++) {
            assertThat(queue.claim("w", Capacity.UNLIMITED)).isPresent();
            now = now.plus(LEASE).plusMillis(1);
        }
        assertThat(queue.claim("w", Capacity.UNLIMITED)).isEmpty();
        Job failed = store.get("a", job.id());
        assertThat(failed.status()).isEqualTo(JobStatus.FAILED);
        assertThat(failed.failure().orElseThrow().code()).isEqualTo("WORKER_LOST");
        assertThat(failed.failure().orElseThrow().message()).contains("3 times after step 0");
    }

    @Test
    void aCheckpointForgivesEarlierDeaths() {
        Job job = queued("a", 0);
        for (int death = 0; death < 8; death++) {
            Claim claim = queue.claim("w", Capacity.UNLIMITED).orElseThrow();
            queue.heartbeat(claim.lease(), new JobProgress(death * 10 + 12, 100, death * 10 + 10));
            now = now.plus(LEASE).plusMillis(1);
        }
        assertThat(queue.claim("w", Capacity.UNLIMITED).orElseThrow().job().id())
                .isEqualTo(job.id());
    }

    @Test
    void aCancelledJobWhoseWorkerIsLostIsCancelled() {
        Job job = queued("a", 0);
        queue.claim("w", Capacity.UNLIMITED);
        store.cancel("a", job.id());
        now = now.plus(LEASE).plusMillis(1);
        assertThat(queue.claim("w", Capacity.UNLIMITED)).isEmpty();
        assertThat(store.get("a", job.id()).status()).isEqualTo(JobStatus.CANCELLED);
    }

    @Test
    void aWorkerThatEndsGivesItsJobBack() {
        Job job = queued("a", 0);
        Claim claim = queue.claim("first", Capacity.UNLIMITED).orElseThrow();
        queue.heartbeat(claim.lease(), new JobProgress(30, 100, 30));
        assertThat(queue.leave(claim.lease(), new JobOutcome.GivenUp())).isTrue();
        Claim next = queue.claim("second", Capacity.UNLIMITED).orElseThrow();
        assertThat(next.job().id()).isEqualTo(job.id());
        assertThat(next.job().progress().checkpointStep()).isEqualTo(30);
        assertThat(next.job().deaths()).isZero();
    }

    @Test
    void eventsOfManyWritersHaveNoGaps() throws Exception {
        Job job = store.create(job("a"));
        inParallel(
                4,
                () -> {
                    for (int i = 0; i < 25; i++) {
                        events.add(job.id(), JobEvent.Level.INFO, "e", "{}");
                    }
                    return 0;
                });
        assertThat(events.after(job.id(), 0, 1000))
                .extracting(JobEvent::number)
                .isEqualTo(IntStream.rangeClosed(1, 101).mapToObj(Long::valueOf).toList());
        assertThatThrownBy(() -> events.add("ftjob-none", JobEvent.Level.INFO, "e", "{}"))
                .hasMessageContaining("There is no job");
    }

    private Heartbeat beat(Claim claim) {
        return queue.heartbeat(claim.lease(), JobProgress.none()).orElseThrow();
    }

    private String claimed() {
        return queue.claim("w", Capacity.UNLIMITED).orElseThrow().job().id();
    }

    private Job queued(String tenant, int priority) {
        return validate(store.create(job(tenant, Map.of(), priority)));
    }

    private Job validate(Job job) {
        return validate(job, 0);
    }

    private Job validate(Job job, long memoryBytes) {
        Claim claim = queue.claimToValidate("v").orElseThrow();
        assertThat(claim.job().id()).isEqualTo(job.id());
        queue.leave(claim.lease(), new JobOutcome.Validated(memoryBytes, 100));
        return store.get(job.tenant(), job.id());
    }

    private static NewJob job(String tenant) {
        return job(tenant, Map.of(), 0);
    }

    private static NewJob job(String tenant, Map<String, String> metadata, int priority) {
        return new NewJob(tenant, "b", "{\"base\": \"b\"}", metadata, priority, Optional.empty());
    }

    private static NewJob idempotent(String tenant, String key, String sha256) {
        return new NewJob(
                tenant, "b", "{}", Map.of(), 0, Optional.of(new NewJob.Idempotency(key, sha256)));
    }

    private static List<String> ids(List<Job> jobs) {
        return jobs.stream().map(Job::id).toList();
    }

    private static <T> List<T> inParallel(int threads, Callable<T> task) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> futures =
                    IntStream.range(0, threads).mapToObj(i -> executor.submit(task)).toList();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }
}
