package dev.ortune.graph;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one job chooses on top of a base; none of it touches the base's weights.
 *
 * @param lora the low-rank update
 * @param labels the label names, in the order of the logits; 2 to 1000, distinct
 * @param problemType one label per text or several
 * @param labelWeights one positive weight per label, or none. Single-label: the loss of a text is
 *     weighted by its label's weight, as in {@code CrossEntropyLoss(weight)}. Multi-label: the
 *     positive term of each label is weighted, as in {@code BCEWithLogitsLoss(pos_weight)}.
 * @param modelDropout whether the base's own dropouts act in training
 * @param modulesToSave head modules to train although the base has them, e.g. {@code pooler}
 */
public record ClassifierOptions(
        LoraOptions lora,
        List<String> labels,
        ProblemType problemType,
        Optional<List<Float>> labelWeights,
        boolean modelDropout,
        Set<String> modulesToSave) {

    private static final int MAX_LABELS = 1000;

    public ClassifierOptions {
        labels = List.copyOf(labels);
        labelWeights = labelWeights.map(List::copyOf);
        modulesToSave = Set.copyOf(modulesToSave);
        require(
                labels.size() >= 2 && labels.size() <= MAX_LABELS,
                "A classifier has 2 to " + MAX_LABELS + " labels, not " + labels.size() + ".",
                "Give a label count or a list of label names in that range.");
        require(
                new HashSet<>(labels).size() == labels.size(),
                "The label names are not distinct: " + labels + ".",
                "Give every label its own name.");
        int labelCount = labels.size();
        labelWeights.ifPresent(
                weights -> {
                    require(
                            weights.size() == labelCount,
                            weights.size() + " label weights do not fit " + labelCount + " labels.",
                            "Give one weight per label, in the order of the labels.");
                    for (float weight : weights) {
                        require(
                                Float.isFinite(weight) && weight > 0,
                                "A label weight must be a positive number, not " + weight + ".",
                                "Give one positive weight per label.");
                    }
                });
    }

    /** Single-label classification without weights, the base's dropouts on. */
    public static ClassifierOptions singleLabel(LoraOptions lora, List<String> labels) {
        return new ClassifierOptions(
                lora, labels, ProblemType.SINGLE_LABEL, Optional.empty(), true, Set.of());
    }

    /** The same options with another set of dropout rates: none at all. */
    public ClassifierOptions withoutDropout() {
        LoraOptions undropped = new LoraOptions(lora.rank(), lora.alpha(), 0, lora.targetModules());
        return new ClassifierOptions(
                undropped, labels, problemType, labelWeights, false, modulesToSave);
    }

    private static void require(boolean condition, String message, String remedy) {
        if (!condition) {
            throw new InvalidInputException(ErrorCode.INVALID_OPTION, message, remedy);
        }
    }
}
