package dev.ortune.tuning;

import dev.ortune.job.Job;
import dev.ortune.job.JobEpoch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an epoch of a job brought.
 *
 * @param model the epoch's model as requests name it, once the job has succeeded; the newest three
 *     and the best have one
 */
public record JobCheckpoint(
        String id, String jobId, JobEpoch epoch, EpochFigures figures, Optional<String> model) {

    private static final String JOB = "ftjob-";
    private static final String CHECKPOINT = "ftckpt-";

    /**
     * A job's checkpoints, newest first.
     *
     * @param epochs all that there are
     * @param aliases of the job's model
     */
    static List<JobCheckpoint> of(Job job, List<JobEpoch> epochs, Set<String> aliases) {
        List<JobCheckpoint> all = new ArrayList<>();
        for (JobEpoch epoch : epochs) {
            String alias = ModelPublisher.alias(epoch.step());
            all.add(
                    new JobCheckpoint(
                            CHECKPOINT + job.id().substring(JOB.length()) + "-" + epoch.epoch(),
                            job.id(),
                            epoch,
                            EpochFigures.of(epoch),
                            job.resultModel()
                                    .filter(model -> aliases.contains(alias))
                                    .map(model -> model + "@" + alias)));
        }
        Collections.reverse(all);
        return all;
    }
}
