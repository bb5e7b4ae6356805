package dev.ortune.api.inference;

import dev.ortune.repository.ModelReference;
import dev.ortune.serve.ClassificationRequest;
import dev.ortune.serve.LongTexts;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An inference of the Open Inference Protocol, read and checked.
 *
 * @param id to be repeated in the answer; empty for none
 * @param texts within the limits
 * @param timeout how long the client waits, by its parameter
 * @param outputs what to answer, at least one, none twice
 */
public record InferenceRequest(
        ModelReference model,
        String id,
        List<String> texts,
        LongTexts longTexts,
        Optional<Duration> timeout,
        List<RequestedOutput> outputs) {

    private static final String TRUNCATION = "truncation";

    /** In microseconds, as Triton's schedule policy extension has it. */
    private static final String TIMEOUT = "timeout";

    public InferenceRequest {
        texts = List.copyOf(texts);
        outputs = List.copyOf(outputs);
    }

    /**
     * Checks a request's parts.
     *
     * @param outputs none for all
     * @throws dev.ortune.error.InvalidInputException {@code INVALID_REQUEST}
     */
    public static InferenceRequest of(
            ModelReference model,
            String id,
            List<String> texts,
            Parameters parameters,
            List<RequestedOutput> outputs) {
        parameters.requireOnly(TRUNCATION, TIMEOUT);
        RequestedOutput.requireDistinct(outputs);
        LongTexts longTexts =
                Truncation.parse(
                        parameters.text(TRUNCATION), parameters.field() + "." + TRUNCATION);
        OptionalLong microseconds = parameters.positive(TIMEOUT);
        return new InferenceRequest(
                model,
                id,
                texts,
                longTexts,
                microseconds.isPresent()
                        ? Optional.of(Duration.of(microseconds.getAsLong(), ChronoUnit.MICROS))
                        : Optional.empty(),
                outputs.isEmpty() ? RequestedOutput.all() : outputs);
    }

    /**
     * What the service is asked.
     *
     * @param deadline how long the client waits, by the transport
     */
    ClassificationRequest classification(Optional<Duration> deadline) {
        Optional<Duration> shorter =
                timeout.map(own -> deadline.filter(other -> other.compareTo(own) < 0).orElse(own))
                        .or(() -> deadline);
        return new ClassificationRequest(model, texts, longTexts, shorter);
    }
}
