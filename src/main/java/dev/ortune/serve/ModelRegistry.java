package dev.ortune.serve;

import dev.ortune.repository.ModelReference;
import java.util.List;

/**
 * The models that the service answers with, each tenant its own and the shared ones. Thread-safe;
 * models come and go while it runs.
 */
public interface ModelRegistry {

    /** The default version of every model that a tenant sees, by name. */
    List<ModelDescription> models(String tenant);

    /** That of every model that all tenants see, by name. */
    List<ModelDescription> sharedModels();

    /**
     * What a reference names.
     *
     * @throws dev.ortune.error.InvalidInputException {@code MODEL_NOT_FOUND}, {@code
     *     VERSION_NOT_FOUND}, {@code ALIAS_NOT_FOUND}
     */
    ModelDescription describe(ModelReference reference);

    /** Whether a request for it would be answered; false for what does not exist. */
    boolean isReady(ModelReference reference);

    /**
     * Has the adapter's weights read into memory and lifts an {@link #unload}; returns when done.
     *
     * @throws dev.ortune.error.OrtuneException as {@link #describe}, or when it cannot be read
     */
    void load(ModelReference reference);

    /**
     * Frees the weights; until a {@link #load}, the tenant's requests get {@code MODEL_NOT_LOADED}.
     * Of a shared model other tenants notice nothing.
     *
     * @throws dev.ortune.error.InvalidInputException as {@link #describe}
     */
    void unload(ModelReference reference);
}
