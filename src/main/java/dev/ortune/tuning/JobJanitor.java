package dev.ortune.tuning;

import dev.ortune.job.JobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Deletes the folders of jobs that have ended, and what is saved of them, once nobody can be at work there any more. */
final class JobJanitor implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(JobJanitor.class);
    private static final Duration ROUND = Duration.ofMinutes(10);
    private static final Duration REST = Duration.ofHours(1);

    private final JobStore jobs;
    private final Path root;
    private final JobBackup backup;
    private final InstantSource clock;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    runnable -> {
                        Thread made = new Thread(runnable, "ortune-janitor");
                        made.setDaemon(true);
                        return made;
                    });

    JobJanitor(JobStore jobs, Path root, JobBackup backup, InstantSource clock) {
        this.jobs = jobs;
        this.root = root;
        this.backup = backup;
        this.clock = clock;
    }

    /** Goes round from now on. */
    JobJanitor start() {
        thread.scheduleWithFixedDelay(
                this::sweep, ROUND.toMillis(), ROUND.toMillis(), TimeUnit.MILLISECONDS);
        return this;
    }

    /** One round. */
    void sweep() {
        for (Path folder : folders()) {
            try {
                if (isOld(folder) && jobs.isFinal(folder.getFileName().toString())) {
                    new JobFolder(folder).delete();
                }
            } catch (IOException | RuntimeException e) {
                LOG.warnf(e, "The folder %s could not be deleted", folder);
            }
        }
        try {
            backup.jobs().stream().filter(jobs::isFinal).forEach(backup::delete);
        } catch (RuntimeException e) {
            LOG.warnf("What is saved of jobs that have ended stays for now: %s", e.getMessage());
            LOG.debug("Why", e);
        }
    }

    private boolean isOld(Path folder) throws IOException {
        return Files.getLastModifiedTime(folder).toInstant().isBefore(clock.instant().minus(REST));
    }

    private List<Path> folders() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(root)) {
            return all.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            LOG.warnf(e, "The jobs' folders in %s could not be listed", root);
            return List.of();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
