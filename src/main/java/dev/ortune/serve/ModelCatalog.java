package dev.ortune.serve;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InternalException;
import dev.ortune.error.InvalidInputException;
import dev.ortune.error.OrtuneException;
import dev.ortune.error.UnavailableException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The models that the service answers with, by name.
 *
 * <p>Filled by the starting thread and then read by any; closed by the stopping one.
 */
public final class ModelCatalog implements AutoCloseable {

    private final SortedMap<String, ServedModel> models = new TreeMap<>();

    /**
     * Loads every model, or none.
     *
     * @param folders adapter folders by model name
     * @param base as in {@link ModelLoader#open}, for all of them
     * @throws OrtuneException the first model's fault, with the model's name before its message
     */
    public ModelCatalog(ModelLoader loader, Map<String, Path> folders, Optional<String> base) {
        for (Map.Entry<String, Path> entry : new TreeMap<>(folders).entrySet()) {
            try {
                models.put(entry.getKey(), loader.open(entry.getKey(), entry.getValue(), base));
            } catch (OrtuneException e) {
                close();
                throw named(entry.getKey(), e);
            } catch (RuntimeException e) {
                close();
                throw e;
            }
        }
    }

    /** All models, by name. */
    public List<ServedModel> models() {
        return new ArrayList<>(models.values());
    }

    /**
     * A model by name.
     *
     * @throws InvalidInputException {@code MODEL_NOT_FOUND}
     */
    public ServedModel model(String name) {
        ServedModel model = models.get(name);
        if (model == null) {
            throw new InvalidInputException(
                    ErrorCode.MODEL_NOT_FOUND,
                    "There is no model \"" + name + "\".",
                    "GET /v1/models lists the models that are served.");
        }
        return model;
    }

    @Override
    public void close() {
        models.values().forEach(model -> model.classifier().close());
    }

    private static OrtuneException named(String model, OrtuneException fault) {
        String message = "The model \"" + model + "\" cannot be served: " + fault.getMessage();
        if (fault instanceof UnavailableException) {
            return new UnavailableException(fault.code(), message, fault.remedy(), fault);
        }
        if (fault instanceof InternalException) {
            return new InternalException(message, fault);
        }
        return new InvalidInputException(fault.code(), message, fault.remedy(), fault);
    }
}
