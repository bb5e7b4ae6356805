package dev.ortune.bench.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of a job, as its owner sees it.
 *
 * @param status in lower case
 * @param error as the job tells it, {@code null} as text where there is none
 * @param numbers of the training; jobs that are alike have the same to the last bit
 * @param successes events that say that the job succeeded
 * @param warnings events of another level than info
 */
record JobTrace(
        String status, String error, Numbers numbers, int successes, List<String> warnings) {

    /**
     * The numbers of a training.
     *
     * @param steps each with its loss, learning rate, gradient norm and tokens
     * @param epochs each with its losses and its evaluation
     * @param adapters the SHA-256 of the published weights, by what the version stands for
     */
    record Numbers(List<String> steps, List<String> epochs, SortedMap<String, String> adapters) {

        Numbers {
            steps = List.copyOf(steps);
            epochs = List.copyOf(epochs);
        }

        /** What differs, for people; empty where nothing does. */
        List<String> differences(Numbers other) {
            List<String> all = new ArrayList<>();
            differ("steps", steps, other.steps, all);
            differ("epochs", epochs, other.epochs, all);
            if (!adapters.equals(other.adapters)) {
                all.add("weights: " + adapters + " and " + other.adapters);
            }
            return all;
        }

        private static void differ(
                String what, List<String> ours, List<String> theirs, List<String> all) {
            if (ours.size() != theirs.size()) {
                all.add(what + ": " + ours.size() + " and " + theirs.size());
                return;
            }
            for (int i = 0; i < ours.size(); i++) {
                if (!ours.get(i).equals(theirs.get(i))) {
                    all.add(what + ": " + ours.get(i) + " and " + theirs.get(i));
                    return;
                }
            }
        }
    }

    JobTrace {
        warnings = List.copyOf(warnings);
    }

    /** Of a job that has ended, by its id. */
    static JobTrace of(JobsClient client, String id) throws IOException {
        JsonNode job = client.job(id);
        List<String> steps = new ArrayList<>();
        for (JsonNode step : client.steps(id)) {
            steps.add(
                    String.join(
                            " ",
                            step.path("step").asText(),
                            step.path("train_loss").asText(),
                            step.path("learning_rate").asText(),
                            step.path("grad_norm").asText(),
                            step.path("tokens").asText()));
        }
        List<String> epochs = new ArrayList<>();
        for (JsonNode epoch : client.epochs(id)) {
            epochs.add(
                    epoch.path("step_number").asText()
                            + " "
                            + epoch.path("metrics").path("train_loss").asText()
                            + " "
                            + epoch.path("metrics").path("evaluation"));
        }
        int successes = 0;
        List<String> warnings = new ArrayList<>();
        for (JsonNode event : client.events(id)) {
            String message = event.path("message").asText();
            if (message.startsWith("Job succeeded")) {
                successes++;
            }
            if (!event.path("level").asText().equals("info")) {
                warnings.add(message);
            }
        }
        return new JobTrace(
                job.path("status").asText(),
                job.path("error").toString(),
                new Numbers(steps, epochs, adapters(client, job)),
                successes,
                warnings);
    }

    boolean succeeded() {
        return status.equals("succeeded");
    }

    private static SortedMap<String, String> adapters(JobsClient client, JsonNode job)
            throws IOException {
        SortedMap<String, String> adapters = new TreeMap<>();
        if (!job.path("fine_tuned_model").isTextual()) {
            return adapters;
        }
        String model = job.path("fine_tuned_model").asText();
        for (JsonNode version : client.get("/v1/models/" + model).path("versions")) {
            adapters.put(
                    version.path("aliases").toString(),
                    sha256(client.weights(model, version.path("version").asText())));
        }
        return adapters;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
