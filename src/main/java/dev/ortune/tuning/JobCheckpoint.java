package dev.ortune.tuning;

import dev.ortune.job.Job;
import dev.ortune.job.JobEpoch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What an epoch of a job brought.
 *
 * @param model the job's model, if it is this epoch's
 */
public record JobCheckpoint(
        String id, String jobId, JobEpoch epoch, EpochFigures figures, Optional<String> model) {

    private static final String JOB = "ftjob-";
    private static final String CHECKPOINT = "ftckpt-";

    /**
     * A job's checkpoints, newest first.
     *
     * @param epochs all that there are
     */
    static List<JobCheckpoint> of(Job job, List<JobEpoch> epochs) {
        OptionalInt best = EpochFigures.best(epochs);
        List<JobCheckpoint> all = new ArrayList<>();
        for (JobEpoch epoch : epochs) {
            boolean isBest = best.equals(OptionalInt.of(epoch.epoch()));
            all.add(
                    new JobCheckpoint(
                            CHECKPOINT + job.id().substring(JOB.length()) + "-" + epoch.epoch(),
                            job.id(),
                            epoch,
                            EpochFigures.of(epoch),
                            job.resultModel().filter(model -> isBest)));
        }
        Collections.reverse(all);
        return all;
    }
}
