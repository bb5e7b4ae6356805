package dev.ortune.adapter;

import dev.ortune.checkpoint.FloatTensor;
import dev.ortune.error.InvalidInputException;
import dev.ortune.graph.AdapterPlan;
import dev.ortune.graph.ClassifierModel;
import dev.ortune.graph.ClassifierOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What fine-tuning adds to a base.
 *
 * @param config what is adapted, and how
 * @param labels what the logits mean
 * @param parameters the trained tensors; named as in PEFT's file without {@code base_model.model.}
 */
public record Adapter(AdapterConfig config, LabelScheme labels, List<FloatTensor> parameters)
        implements AdapterWeights {

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

    @Override
    public AdapterOutline outline() {
        return new AdapterOutline(
                config,
                labels,
                parameters.stream()
                        .collect(Collectors.toMap(FloatTensor::name, FloatTensor::shape)));
    }

    /** As {@link AdapterOutline#toOptions}. */
    public ClassifierOptions toOptions(ClassifierModel model) {
        return outline().toOptions(model);
    }

    /**
     * The tensors in a plan's order.
     *
     * @throws InvalidInputException {@code ADAPTER_MISMATCH} as {@link AdapterOutline#requireFit}
     */
    public List<FloatTensor> parametersFor(AdapterPlan plan) {
        outline().requireFit(plan);
        return plan.parameters().stream().map(parameter -> read(parameter.name())).toList();
    }

    @Override
    public FloatTensor read(String name) {
        return parameters.stream()
                .filter(tensor -> tensor.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no tensor " + name));
    }

    @Override
    public void read(String name, ByteBuffer target) {
        float[] values = read(name).values();
        target.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
        target.position(target.position() + values.length * Float.BYTES);
    }
}
