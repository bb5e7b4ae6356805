package dev.ortune.serve;

import dev.ortune.repository.ModelName;
import io.micrometer.core.instrument.Tags;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The values that the metrics' labels {@code tenant}, of who asks, and {@code model} may take: a
 * bounded number of pairs, whatever tenants and models come and go. Thread-safe.
 */
final class ModelLabels {

    private static final String TENANT = "tenant";
    private static final String MODEL = "model";
    private static final Tags OTHER = Tags.of(TENANT, "other", MODEL, "other");

    private final int budget;
    private final Set<ModelName> own = ConcurrentHashMap.newKeySet();

    ModelLabels(int budget) {
        this.budget = budget;
    }

    /** A model's labels: its own while there is room for one more. */
    Tags of(ModelName model) {
        if (own.contains(model)) {
            return tags(model);
        }
        synchronized (this) {
            return own.size() < budget && own.add(model) ? tags(model) : OTHER;
        }
    }

    /** Frees a model's labels; empty if it had none of its own. */
    synchronized Optional<Tags> free(ModelName model) {
        return own.remove(model) ? Optional.of(tags(model)) : Optional.empty();
    }

    private static Tags tags(ModelName model) {
        return Tags.of(TENANT, model.tenant(), MODEL, model.name());
    }
}
