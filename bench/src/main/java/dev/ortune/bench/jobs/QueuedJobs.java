package dev.ortune.bench.jobs;

import dev.ortune.job.Capacity;
import dev.ortune.job.Claim;
import dev.ortune.job.ClaimPolicy;
import dev.ortune.job.Job;
import dev.ortune.job.JobListener;
import dev.ortune.job.JobOutcome;
import dev.ortune.job.JobQueue;
import dev.ortune.job.JobStatus;
import dev.ortune.job.JobStore;
import dev.ortune.job.NewJob;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Many jobs of many tenants, which come and go as in the service: by its own classes. Thread-safe but
 * for {@link #fill}.
 */
final class QueuedJobs {

    /** So many teams share a tenant's jobs. */
    static final int TEAMS = 5;

    private static final int PRIORITIES = 3;
    private static final int CHUNK = 100;
    private static final int MEMORY_BYTES = 1 << 20;
    private static final int STEPS = 100;
    private static final String SPECIFICATION =
            "{\"model\": \"bge-small-en-v1.5\", \"training_file\": \"file-x\", \"seed\": 1}";

    /** So many rows are sent at once. */
    private static final int ROWS = 1000;

    /** A job that is over. */
    private static final String DONE =
            "insert into job (id, tenant, base, status, priority, specification, created_at, finished_at,"
                    + " step, total_steps, checkpoint_step, deaths, event_count, memory_bytes,"
                    + " trained_tokens, trained_seconds) values (:id, :tenant, 'bge-small-en-v1.5',"
                    + " 'SUCCEEDED', 0, '{}', current_timestamp, current_timestamp, 100, 100, 100, 0, 0,"
                    + " 1048576, 0, 0)";

    private final Jdbi database;
    private final JobStore store;
    private final JobQueue queue;
    private final int tenants;
    private final List<String> ids = new ArrayList<>();
    private int created;

    QueuedJobs(Jdbi database, int tenants) {
        InstantSource clock = InstantSource.system();
        this.database = database;
        this.store = new JobStore(database, clock, JobListener.NONE);
        this.queue =
                new JobQueue(
                        database,
                        clock,
                        new ClaimPolicy(Duration.ofSeconds(30), 100, 3),
                        JobListener.NONE);
        this.tenants = tenants;
    }

    JobStore store() {
        return store;
    }

    /** Creates jobs that wait to be validated. */
    void create(int count) {
        for (int i = 0; i < count; i++) {
            int number = created++;
            Job job =
                    store.create(
                            new NewJob(
                                    tenant(number),
                                    "bge-small-en-v1.5",
                                    SPECIFICATION,
                                    Map.of(
                                            "team",
                                            team(number / tenants % TEAMS),
                                            "run",
                                            "run-" + number),
                                    number / tenants % PRIORITIES,
                                    Optional.empty()));
            ids.add(job.id());
        }
    }

    /** Creates jobs and has them validated and queued. */
    void fill(int count) {
        for (int left = count; left > 0; left -= CHUNK) {
            create(Math.min(CHUNK, left));
            Optional<Claim> claim = claimToValidate();
            while (claim.isPresent()) {
                validated(claim.get());
                claim = claimToValidate();
            }
        }
    }

    /** Tenants each of whom has had a job. */
    void addIdleTenants(int count) {
        database.useHandle(
                handle -> {
                    PreparedBatch rows = handle.prepareBatch(DONE);
                    for (int i = 0; i < count; i++) {
                        rows.bind("id", "ftjob-idle-" + i).bind("tenant", "idle-" + i).add();
                        if (rows.size() == ROWS || i == count - 1) {
                            rows.execute();
                        }
                    }
                });
    }

    /** How many were created so far. */
    int created() {
        return created;
    }

    /** How many wait for a worker. */
    int waiting() {
        return Math.toIntExact(store.counts().of(JobStatus.QUEUED));
    }

    /** The id of a job by its number. */
    String id(int number) {
        return ids.get(number);
    }

    /** A team's note. */
    static String team(int number) {
        return "team-" + number;
    }

    /** Whose a job is, by its number. */
    String tenant(int number) {
        return "tenant-" + number % tenants;
    }

    Optional<Claim> claim() {
        return queue.claim("worker", Capacity.UNLIMITED);
    }

    Optional<Claim> claimToValidate() {
        return queue.claimToValidate("validator");
    }

    void validated(Claim claim) {
        queue.leave(claim.lease(), new JobOutcome.Validated(MEMORY_BYTES, STEPS));
    }

    boolean succeeded(Claim claim) {
        return queue.leave(claim.lease(), new JobOutcome.Succeeded("ft-model"));
    }
}
