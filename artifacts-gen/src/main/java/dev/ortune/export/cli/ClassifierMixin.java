package dev.ortune.export.cli;

import dev.ortune.graph.ClassifierOptions;
import dev.ortune.graph.ProblemType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** All that a job chooses about its model but the labels themselves. */
public final class ClassifierMixin {

    @Mixin private LoraMixin lora;

    @Option(
            names = "--problem-type",
            paramLabel = "TYPE",
            defaultValue = "single_label",
            converter = ProblemTypeConverter.class,
            description =
                    "single_label: one label per text, softmax; multi_label: any number, sigmoid"
                            + " (${DEFAULT-VALUE}).")
    private ProblemType problemType;

    @Option(
            names = "--label-weights",
            paramLabel = "W",
            split = ",",
            description =
                    "One positive weight per label, in their order: on the loss of the texts with"
                            + " this label (single_label), or on the loss of its being there"
                            + " (multi_label).")
    private List<Float> labelWeights = List.of();

    @Option(
            names = "--no-model-dropout",
            description = "Train without the base's own dropouts; the update's own stays.")
    private boolean noModelDropout;

    @Option(
            names = "--modules-to-save",
            paramLabel = "NAME",
            split = ",",
            description = "Head layers to train although the base has them, such as pooler.")
    private Set<String> modulesToSave = Set.of();

    /**
     * The options for a set of labels.
     *
     * @param labels names in the order of the logits
     * @throws dev.ortune.error.InvalidInputException {@code INVALID_OPTION}
     */
    public ClassifierOptions options(List<String> labels) {
        return new ClassifierOptions(
                lora.options(),
                labels,
                problemType,
                labelWeights.isEmpty() ? Optional.empty() : Optional.of(labelWeights),
                !noModelDropout,
                modulesToSave);
    }

    /** One label per text, or several. */
    public ProblemType problemType() {
        return problemType;
    }
}
