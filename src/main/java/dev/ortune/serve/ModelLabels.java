package dev.ortune.serve;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The values that the metrics' label {@code model} may take: a bounded number, whatever models come
 * and go. Thread-safe.
 */
final class ModelLabels {

    static final String OTHER = "other";

    private final int budget;
    private final Set<String> own = ConcurrentHashMap.newKeySet();

    ModelLabels(int budget) {
        this.budget = budget;
    }

    /** A model's label: its name while there is room for one. */
    String of(String model) {
        if (own.contains(model)) {
            return model;
        }
        synchronized (this) {
            return own.size() < budget && own.add(model) ? model : OTHER;
        }
    }

    /** Frees a model's label; empty if it had none. */
    synchronized Optional<String> free(String model) {
        return own.remove(model) ? Optional.of(model) : Optional.empty();
    }
}
