package dev.ortune.adapter;

import dev.ortune.export.PreparedBase;
import java.util.Locale;
import java.util.Optional;

/**
 * All that goes into a new adapter folder.
 *
 * @param adapter the trained parameters
 * @param base what they were trained on; its configuration and tokenizer are copied
 * @param limits how texts were cut in training
 * @param training how it came to be
 */
public record NewAdapter(
        Adapter adapter, PreparedBase base, TextLimits limits, TrainingReport training) {

    Provenance provenance() {
        return new Provenance(
                Provenance.FORMAT_VERSION,
                adapter.config().baseModel(),
                Provenance.weightsSha256(base),
                adapter.labels().labels(),
                adapter.labels().problemType().optionName(),
                maxTokens(),
                limits.truncationSide().name().toLowerCase(Locale.ROOT),
                training);
    }

    /** The longest text in tokens, when one was chosen. */
    Optional<Integer> maxTokens() {
        return limits.maxTokens().stream().boxed().findFirst();
    }
}
