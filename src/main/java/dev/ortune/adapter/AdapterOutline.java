package dev.ortune.adapter;

import dev.ortune.checkpoint.TensorShape;
import dev.ortune.error.InvalidInputException;
import dev.ortune.graph.AdapterPlan;
import dev.ortune.graph.ClassifierModel;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.HeadModule;
import dev.ortune.graph.LoraOptions;
import dev.ortune.graph.TrainableParameter;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * An adapter without its values.
 *
 * @param config what is adapted, and how
 * @param labels what the logits mean
 * @param shapes of the trained tensors, by their names in PEFT's file without {@code
 *     base_model.model.}
 */
public record AdapterOutline(
        AdapterConfig config, LabelScheme labels, Map<String, TensorShape> shapes) {

    public AdapterOutline {
        shapes = Map.copyOf(shapes);
    }

    /** The options that give graphs for this adapter on a base, without label weights. */
    public ClassifierOptions toOptions(ClassifierModel model) {
        // The tensors say what was trained: modules_to_save may name modules that do not exist.
        Set<String> trainedHead =
                model.structure(labels.labels().size()).head().stream()
                        .filter(head -> !head.alwaysTrained())
                        .filter(head -> shapes.containsKey(head.linear().weightName()))
                        .map(HeadModule::saveName)
                        .collect(Collectors.toSet());
        return new ClassifierOptions(
                new LoraOptions(
                        config.rank(), config.alpha(), config.dropout(), config.targetModules()),
                labels.labels(),
                labels.problemType(),
                Optional.empty(),
                true,
                trainedHead);
    }

    /**
     * Refuses an adapter of another model.
     *
     * @throws InvalidInputException {@code ADAPTER_MISMATCH} for a tensor that is missing, of
     *     another shape, or of no use in the plan
     */
    public void requireFit(AdapterPlan plan) {
        Map<String, TensorShape> others = new TreeMap<>(shapes);
        for (TrainableParameter parameter : plan.parameters()) {
            requireFit(parameter, Optional.ofNullable(others.remove(parameter.name())));
        }
        new TreeSet<>(others.keySet())
                .stream()
                        .findFirst()
                        .ifPresent(
                                name -> {
                                    throw AdapterFault.mismatch(
                                            "it has the tensor "
                                                    + name
                                                    + ", which has no place in the model");
                                });
    }

    private static void requireFit(TrainableParameter parameter, Optional<TensorShape> stored) {
        TensorShape shape =
                stored.orElseThrow(
                        () -> AdapterFault.mismatch("it lacks the tensor " + parameter.name()));
        if (!shape.equals(parameter.shape())) {
            throw AdapterFault.mismatch(
                    "its tensor "
                            + parameter.name()
                            + " is "
                            + shape
                            + ", the model's "
                            + parameter.shape());
        }
    }
}
