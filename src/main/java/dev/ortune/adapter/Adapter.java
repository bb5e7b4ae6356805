package dev.ortune.adapter;

import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.checkpoint.TensorShape;
import dev.ortune.error.InvalidInputException;
import dev.ortune.graph.AdapterPlan;
import dev.ortune.graph.ClassifierModel;
import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.HeadModule;
import dev.ortune.graph.LoraOptions;
import dev.ortune.graph.TrainableParameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What fine-tuning adds to a base.
 *
 * @param config what is adapted, and how
 * @param labels what the logits mean
 * @param parameters the trained tensors; named as in PEFT's file without {@code base_model.model.}
 */
public record Adapter(AdapterConfig config, LabelScheme labels, List<FloatTensor> parameters) {

    public Adapter {
        parameters = List.copyOf(parameters);
    }

    /**
     * The result of a run.
     *
     * @param baseModel the name under which others find the base
     */
    public static Adapter trained(
            String baseModel,
            AdapterPlan plan,
            ClassifierOptions options,
            List<FloatTensor> parameters) {
        return new Adapter(
                AdapterConfig.of(baseModel, plan),
                new LabelScheme(options.labels(), options.problemType()),
                parameters);
    }

    /** The options that give graphs for this adapter on a base, without label weights. */
    public ClassifierOptions toOptions(ClassifierModel model) {
        Set<String> stored = parameters.stream().map(FloatTensor::name).collect(Collectors.toSet());
        // The tensors say what was trained: modules_to_save may name modules that do not exist.
        Set<String> trainedHead =
                model.structure(labels.labels().size()).head().stream()
                        .filter(head -> !head.alwaysTrained())
                        .filter(head -> stored.contains(head.linear().weightName()))
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
     * The tensors in a plan's order.
     *
     * @throws InvalidInputException {@code ADAPTER_MISMATCH} for a tensor that is missing, of
     *     another shape, or of no use in the plan
     */
    public List<FloatTensor> parametersFor(AdapterPlan plan) {
        Map<String, FloatTensor> byName = new LinkedHashMap<>();
        parameters.forEach(tensor -> byName.put(tensor.name(), tensor));
        List<FloatTensor> ordered = new ArrayList<>();
        for (TrainableParameter parameter : plan.parameters()) {
            ordered.add(checked(parameter, Optional.ofNullable(byName.remove(parameter.name()))));
        }
        if (!byName.isEmpty()) {
            throw AdapterFault.mismatch(
                    "it has the tensor "
                            + byName.keySet().iterator().next()
                            + ", which has no place in the model");
        }
        return ordered;
    }

    private static FloatTensor checked(TrainableParameter parameter, Optional<FloatTensor> stored) {
        FloatTensor tensor =
                stored.orElseThrow(
                        () -> AdapterFault.mismatch("it lacks the tensor " + parameter.name()));
        TensorShape wanted = parameter.shape();
        if (!tensor.shape().equals(wanted)) {
            throw AdapterFault.mismatch(
                    "its tensor "
                            + parameter.name()
                            + " is "
                            + tensor.shape()
                            + ", the model's "
                            + wanted);
        }
        return tensor;
    }
}
