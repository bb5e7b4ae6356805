package dev.ortune.job;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A job as the database has it.
 *
 * @param id {@code ftjob-} and random characters
 * @param sequence grows with every job; the order of lists
 * @param wish what its owner asked while it runs
 * @param specification what is trained, as the worker reads it
 * @param startedAt when a worker first took it
 * @param failure why it failed, if it did
 * @param resultModel the model that came of it, if it succeeded
 * @param trainedTokens so far
 * @param estimatedFinish while it runs, if its pace is known
 * @param memoryBytes that training it will take; 0 until its files are validated
 * @param resultFiles ids of files that it left
 * @param deaths workers that were lost since the last checkpoint
 */
public record Job(
        String id,
        long sequence,
        String tenant,
        JobStatus status,
        Optional<JobWish> wish,
        int priority,
        String specification,
        Map<String, String> metadata,
        Instant createdAt,
        Optional<Instant> startedAt,
        Optional<Instant> finishedAt,
        Optional<JobFailure> failure,
        Optional<String> resultModel,
        JobProgress progress,
        long trainedTokens,
        Optional<Instant> estimatedFinish,
        long memoryBytes,
        List<String> resultFiles,
        int deaths) {

    public Job {
        resultFiles = List.copyOf(resultFiles);
        metadata = Map.copyOf(metadata);
    }

    /** The same, taken by a worker. */
    Job running(Instant now) {
        return new Job(
                id,
                sequence,
                tenant,
                JobStatus.RUNNING,
                wish,
                priority,
                specification,
                metadata,
                createdAt,
                startedAt.or(() -> Optional.of(now)),
                finishedAt,
                failure,
                resultModel,
                progress,
                trainedTokens,
                estimatedFinish,
                memoryBytes,
                resultFiles,
                deaths);
    }
}
