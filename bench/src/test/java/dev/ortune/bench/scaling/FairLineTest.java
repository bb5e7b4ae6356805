package dev.ortune.bench.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.bench.jobs.QueueDatabase;
import dev.ortune.job.Capacity;
import dev.ortune.job.Claim;
import dev.ortune.job.ClaimPolicy;
import dev.ortune.job.JobListener;
import dev.ortune.job.JobOutcome;
import dev.ortune.job.JobQueue;
import dev.ortune.job.JobStore;
import dev.ortune.job.NewJob;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model of the queue beside the queue itself, on the database that the service has by default. */
class FairLineTest {

    private static final int STEPS = 1200;
    private static final int TENANTS = 6;
    private static final int PRIORITIES = 3;
    private static final int MAX_RUNNING = 4;
    private static final long SEED = 5;

    @TempDir private Path folder;

    @Test
    void itHandsOutTheJobsThatTheServicesQueueHandsOut() {
        try (QueueDatabase server = QueueDatabase.h2(folder)) {
            InstantSource clock = InstantSource.system();
            JobStore store = new JobStore(server.database().statements(), clock, JobListener.NONE);
            JobQueue queue =
                    new JobQueue(
                            server.database().statements(),
                            clock,
                            new ClaimPolicy(Duration.ofHours(1), MAX_RUNNING, 3),
                            JobListener.NONE);
            new Comparison(store, queue, new FairLine(MAX_RUNNING)).run();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static final class Comparison {
        private final JobStore store;
        private final JobQueue queue;
        private final FairLine line;
        private final SplittableRandom random = new SplittableRandom(SEED);
        private final Map<String, WaitingJob> jobs = new HashMap<>();
        private final List<Claim> running = new ArrayList<>();
        private int claims;
        private int refusals;

        private Comparison(JobStore store, JobQueue queue, FairLine line) {
            this.store = store;
            this.queue = queue;
            this.line = line;
        }

        private void run() {
            for (int step = 0; step < STEPS; step++) {
                int what = random.nextInt(10);
                if (what < 4) {
                    add();
                } else if (what < 8) {
                    claim();
                } else if (!running.isEmpty()) {
                    finish();
                }
            }
            assertThat(claims).isGreaterThan(200);
            assertThat(refusals).as("tenants who have all that they may").isPositive();
        }

        private void add() {
            int tenant = random.nextInt(TENANTS);
            int priority = random.nextInt(PRIORITIES);
            String id =
                    store.create(
                                    new NewJob(
                                            "tenant-" + tenant,
                                            "base",
                                            "{}",
                                            Map.of(),
                                            priority,
                                            Optional.empty()))
                            .id();
            Claim checked = queue.claimToValidate("validator").orElseThrow();
            queue.leave(checked.lease(), new JobOutcome.Validated(1, 1));
            WaitingJob job = new WaitingJob(tenant, priority, jobs.size() + 1L, 0, 1);
            jobs.put(id, job);
            line.add(job);
        }

        private void claim() {
            Optional<Claim> claim = queue.claim("worker", Capacity.UNLIMITED);
            assertThat(line.claim()).isEqualTo(claim.map(one -> jobs.get(one.job().id())));
            claim.ifPresent(running::add);
            if (claim.isPresent()) {
                claims++;
            } else {
                refusals++;
            }
        }

        private void finish() {
            Claim done = running.remove(random.nextInt(running.size()));
            assertThat(queue.leave(done.lease(), new JobOutcome.Succeeded("model"))).isTrue();
            line.left(jobs.get(done.job().id()).tenant());
        }
    }
}
