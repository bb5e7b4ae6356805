package dev.ortune.api.inference;

import dev.ortune.repository.ModelReference;
import dev.ortune.serve.ClassificationRequest;
import dev.ortune.serve.ClassificationService;
import dev.ortune.serve.ModelDescription;
import dev.ortune.serve.ModelRegistry;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The Open Inference Protocol without its wire. Thread-safe; {@link #infer} and {@link #load} work
 * in the calling thread, which must not be an event loop.
 */
@Singleton
public final class OpenInference {

    private static final List<String> EXTENSIONS = List.of("classification", "model_repository");

    private final ModelRegistry registry;
    private final ClassificationService service;
    private final TextRules rules;
    private final String version;

    public OpenInference(
            ModelRegistry registry,
            ClassificationService service,
            TextRules rules,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.registry = registry;
        this.service = service;
        this.rules = rules;
        this.version = version;
    }

    /** What the server is. */
    public ServerMetadata server() {
        return new ServerMetadata("ortune", version, EXTENSIONS);
    }

    /**
     * Whether models answer. Requests are taken only once every model is there, and one that is
     * unloaded on purpose does not make the server unready; so whoever gets an answer gets this one.
     */
    public boolean isServerReady() {
        return true;
    }

    /**
     * What a model takes and gives.
     *
     * @throws dev.ortune.error.OrtuneException as {@link ModelRegistry#describe}
     */
    public ModelMetadata model(ModelReference reference) {
        return ModelMetadata.of(registry.describe(reference));
    }

    /**
     * Whether a model would answer.
     *
     * @throws dev.ortune.error.OrtuneException as {@link ModelRegistry#describe}
     */
    public boolean isReady(ModelReference reference) {
        registry.describe(reference);
        return registry.isReady(reference);
    }

    /** Every version of every model that a tenant sees. */
    public List<ModelState> index(String tenant, boolean onlyReady) {
        return registry.models(tenant).stream()
                .flatMap(
                        model ->
                                model.versions().stream()
                                        .map(number -> state(tenant, model, number)))
                .filter(state -> !onlyReady || state.isReady())
                .toList();
    }

    /** As {@link ModelRegistry#load}. */
    public void load(ModelReference reference) {
        registry.load(reference);
    }

    /** As {@link ModelRegistry#unload}. */
    public void unload(ModelReference reference) {
        registry.unload(reference);
    }

    /**
     * Classifies a request's texts.
     *
     * @param deadline how long the client waits, by the transport
     * @param client whose leaving cancels the work
     * @param field where the texts stand in the request
     * @throws dev.ortune.error.InvalidInputException {@code INVALID_REQUEST} for texts beyond the
     *     limits
     * @throws dev.ortune.error.OrtuneException as {@link ClassificationService#classify}
     */
    public CompletionStage<InferenceAnswer> infer(
            InferenceRequest request, Optional<Duration> deadline, Client client, String field) {
        rules.fault(request.texts(), field)
                .ifPresent(
                        fault -> {
                            throw fault.exception();
                        });
        ClassificationRequest classification = request.classification(deadline);
        return client.attach(service.classify(classification))
                .answer()
                .thenApply(
                        answer ->
                                new InferenceAnswer(
                                        answer.model().name(),
                                        answer.model().version(),
                                        request.id(),
                                        OutputTensors.of(answer, request.outputs()),
                                        answer.timings()));
    }

    private ModelState state(String tenant, ModelDescription model, String number) {
        ModelReference reference = ModelReference.of(tenant, model.name(), number);
        return registry.isReady(reference)
                ? ModelState.ready(model.name(), number)
                : ModelState.unloaded(model.name(), number);
    }
}
