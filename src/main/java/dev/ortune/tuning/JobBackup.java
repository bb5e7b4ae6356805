package dev.ortune.tuning;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Keeps copies of jobs' folders where another machine finds them, so that whoever takes a job over goes
 * on from its last checkpoint. Thread-safe; one job is one worker's at a time.
 */
interface JobBackup {

    /** Of a service whose jobs never leave this machine. */
    JobBackup NONE =
            new JobBackup() {
                @Override
                public void restore(String jobId, JobFolder folder) {}

                @Override
                public void save(String jobId, JobFolder folder, BooleanSupplier mine) {}

                @Override
                public List<String> jobs() {
                    return List.of();
                }

                @Override
                public void delete(String jobId) {}
            };

    /**
     * Makes a folder what was saved last, unless it is that or further already.
     *
     * @throws dev.ortune.error.UnavailableException {@code STORAGE_UNAVAILABLE}, {@code DISK_FULL}
     */
    void restore(String jobId, JobFolder folder);

    /**
     * Saves a folder as it is, while a training may be writing there: what is saved is whole, or the
     * last that was saved stays.
     *
     * @param mine whether the job is this worker's still; asked before anything is replaced
     * @throws dev.ortune.error.UnavailableException {@code STORAGE_UNAVAILABLE}, {@code DISK_FULL}
     */
    void save(String jobId, JobFolder folder, BooleanSupplier mine);

    /** The jobs of which something is saved. */
    List<String> jobs();

    /** Deletes what was saved. */
    void delete(String jobId);
}
