package dev.ortune.api.inference;

import dev.ortune.serve.Timings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request's cost under the names of text-embeddings-inference's response headers (its {@code
 * router/src/lib.rs}, {@code ResponseMetadata}): times in whole milliseconds.
 *
 * <p>Its {@code x-compute-type} is left out: it names a kind of Hugging Face machine.
 */
public final class TimingFields {

    private TimingFields() {}

    /** Values by name, in lower case as HTTP/2 and gRPC metadata want it. */
    public static Map<String, String> of(Timings timings) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("x-compute-time", milliseconds(timings.total()));
        fields.put("x-compute-characters", Integer.toString(timings.characters()));
        fields.put("x-compute-tokens", Integer.toString(timings.tokens()));
        fields.put("x-total-time", milliseconds(timings.total()));
        fields.put("x-tokenization-time", milliseconds(timings.tokenization()));
        fields.put("x-queue-time", milliseconds(timings.queue()));
        fields.put("x-inference-time", milliseconds(timings.inference()));
        return fields;
    }

    private static String milliseconds(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
