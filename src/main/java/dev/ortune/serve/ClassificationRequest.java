package dev.ortune.serve;

import dev.ortune.repository.ModelReference;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Texts for one model.
 *
 * @param model who is to answer; its tenant is who asks
 * @param texts at least one
 * @param longTexts what becomes of long ones
 * @param timeout how long the caller waits; empty for the configured limit, which it cannot exceed
 */
public record ClassificationRequest(
        ModelReference model, List<String> texts, LongTexts longTexts, Optional<Duration> timeout) {

    public ClassificationRequest {
        texts = List.copyOf(texts);
    }

    /** With the model's own way of cutting and the configured time limit. */
    public static ClassificationRequest of(ModelReference model, List<String> texts) {
        return new ClassificationRequest(model, texts, LongTexts.AS_CONFIGURED, Optional.empty());
    }
}
