package dev.ortune.api.inference;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.repository.ModelReference;
import dev.ortune.serve.ModelDescription;
import dev.ortune.serve.ModelRegistry;
import dev.ortune.serve.ServeConfiguration;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * The model of protocols that name none: the configured one, else the only one that the tenant sees.
 * Thread-safe.
 */
@Singleton
public final class DefaultModel {

    private final ServeConfiguration configuration;
    private final ModelRegistry registry;

    public DefaultModel(ServeConfiguration configuration, ModelRegistry registry) {
        this.configuration = configuration;
        this.registry = registry;
    }

    /**
     * The model's name.
     *
     * @param tenant who asks
     * @throws InvalidInputException {@code MODEL_NOT_FOUND} when nothing says which one is meant
     */
    public ModelReference reference(String tenant) {
        return configuration
                .defaultModel()
                .map(configured -> ModelReference.parse(tenant, configured))
                .orElseGet(() -> onlyOne(tenant));
    }

    private ModelReference onlyOne(String tenant) {
        List<ModelDescription> models = registry.models(tenant);
        if (models.size() == 1) {
            return ModelReference.parse(tenant, models.get(0).name());
        }
        throw new InvalidInputException(
                ErrorCode.MODEL_NOT_FOUND,
                "This address names no model, and there are " + models.size() + " to choose from.",
                "Set ortune.default-model, or ask POST /v1/models/{model}/classify.");
    }
}
