package dev.ortune.job;

import java.util.Map;
import java.util.Optional;

/**
 * A job to be created.
 *
 * @param tenant who owns it
 * @param base what it is trained on top of, by name
 * @param specification what is to be trained, as the worker reads it
 * @param metadata the owner's own notes, by which jobs are found again
 * @param priority the higher, the sooner
 * @param idempotency tells a repeated request from a new one
 */
public record NewJob(
        String tenant,
        String base,
        String specification,
        Map<String, String> metadata,
        int priority,
        Optional<Idempotency> idempotency) {

    /**
     * A request's own name.
     *
     * @param key chosen by the client
     * @param requestSha256 of what it asked: the key stands for nothing else
     */
    public record Idempotency(String key, String requestSha256) {}

    public NewJob {
        metadata = Map.copyOf(metadata);
    }
}
