package dev.ortune.bench.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Jobs that are alike but for their seeds.
 *
 * @param client who owns them
 * @param ids in the order of their seeds
 */
record JobBatch(JobsClient client, List<String> ids) {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Rarely, since who answers has to do it on the processors that the jobs are measured on. */
    private static final Duration ASKED_EVERY = Duration.ofSeconds(2);

    private static final Set<String> ENDS = Set.of("succeeded", "failed", "cancelled");

    JobBatch {
        ids = List.copyOf(ids);
    }

    /**
     * What a job trains.
     *
     * @param base its name
     * @param trainingRows as JSON Lines
     * @param validationRows likewise
     */
    record Work(
            String base,
            String trainingRows,
            String validationRows,
            int epochs,
            int batchSize,
            int maxTokens) {}

    /**
     * Creates jobs, however often it has to be tried: a repeated request finds the job of the one before
     * it.
     *
     * @param name of the batch, unlike any other's
     */
    static JobBatch create(JobsClient client, Work work, String name, int jobs) {
        String training =
                Pause.untilAnswered(
                        PATIENCE, () -> client.upload("training.jsonl", work.trainingRows()));
        String validation =
                Pause.untilAnswered(
                        PATIENCE, () -> client.upload("validation.jsonl", work.validationRows()));
        List<String> ids = new ArrayList<>();
        for (int seed = 0; seed < jobs; seed++) {
            ObjectNode job = JsonMapper.builder().build().createObjectNode();
            job.put("model", work.base())
                    .put("training_file", training)
                    .put("validation_file", validation)
                    .put("seed", seed);
            job.putObject("metadata").put("batch", name);
            job.putObject("method")
                    .put("type", "supervised")
                    .putObject("supervised")
                    .putObject("hyperparameters")
                    .put("n_epochs", work.epochs())
                    .put("batch_size", work.batchSize())
                    .put("max_length", work.maxTokens());
            String key = name + "-" + seed;
            ids.add(Pause.untilAnswered(PATIENCE, () -> client.create(job, key)));
        }
        return new JobBatch(client, ids);
    }

    /** Whether all have ended. */
    boolean isOver() throws IOException {
        for (String id : ids) {
            if (!ENDS.contains(client.job(id).path("status").asText())) {
                return false;
            }
        }
        return true;
    }

    /** Waits until all have ended. */
    void awaitEnd(Duration patience) {
        Pause.until("the end of the jobs " + ids, patience, ASKED_EVERY, this::isOver);
    }

    /** What came of each. */
    List<JobTrace> traces() {
        List<JobTrace> traces = new ArrayList<>();
        for (String id : ids) {
            traces.add(Pause.untilAnswered(PATIENCE, () -> JobTrace.of(client, id)));
        }
        return traces;
    }

    /** The jobs that the service has of a batch. */
    static int count(JobsClient client, String name) {
        JsonNode page =
                Pause.untilAnswered(
                        PATIENCE,
                        () ->
                                client.get(
                                        "/v1/fine_tuning/jobs?limit=100&metadata%5Bbatch%5D="
                                                + name));
        return page.path("data").size();
    }
}
