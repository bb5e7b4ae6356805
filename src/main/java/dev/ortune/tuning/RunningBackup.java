package dev.ortune.tuning;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Saves a job's folder beside its training: after each checkpoint, on a thread of its own, and what came
 * last when it is closed. A store that is away costs nobody anything but what a later save makes good.
 *
 * <p>Owned by the task's thread.
 */
final class RunningBackup implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(RunningBackup.class);

    private final JobBackup backup;
    private final String jobId;
    private final JobFolder folder;
    private final BooleanSupplier mine;
    private final Duration patience;
    private final AtomicBoolean unsaved = new AtomicBoolean();

    /** Whether a save is to begin, which saves whatever is written until then. */
    private final AtomicBoolean queued = new AtomicBoolean();

    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(
                    runnable -> {
                        Thread made = new Thread(runnable, "ortune-backup");
                        made.setDaemon(true);
                        return made;
                    });

    /**
     * A backup of a running job.
     *
     * @param mine whether the job is this worker's still
     * @param patience how long a save under way may take when this is closed
     */
    RunningBackup(
            JobBackup backup,
            String jobId,
            JobFolder folder,
            BooleanSupplier mine,
            Duration patience) {
        this.backup = backup;
        this.jobId = jobId;
        this.folder = folder;
        this.mine = mine;
        this.patience = patience;
    }

    /** There is a new checkpoint. */
    void checkpointWritten() {
        unsaved.set(true);
        if (!queued.getAndSet(true)) {
            thread.execute(
                    () -> {
                        queued.set(false);
                        save();
                    });
        }
    }

    private void save() {
        if (!mine.getAsBoolean()) {
            return;
        }
        unsaved.set(false);
        try {
            backup.save(jobId, folder, mine);
        } catch (RuntimeException e) {
            unsaved.set(true);
            LOG.warnf("The checkpoint of %s is on this machine only: %s", jobId, e.getMessage());
            LOG.debug("Why", e);
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (thread.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS)
                    && unsaved.get()) {
                save();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
