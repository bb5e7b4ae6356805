package dev.ortune.graph;

import dev.ortune.checkpoint.TensorShape;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which modules of a model a job adapts and which it trains whole, as PEFT would decide for a
 * sequence classifier.
 *
 * @param lora the update's options
 * @param adaptedModules linear modules that carry a LoRA update, in the model's order
 * @param trainedHead head modules that are trained whole
 * @param parameters every trainable tensor, in the model's order
 */
public record AdapterPlan(
        LoraOptions lora,
        List<LinearModule> adaptedModules,
        List<HeadModule> trainedHead,
        List<TrainableParameter> parameters) {

    private static final String ALL_LINEAR = "all-linear";

    public AdapterPlan {
        adaptedModules = List.copyOf(adaptedModules);
        trainedHead = List.copyOf(trainedHead);
        parameters = List.copyOf(parameters);
    }

    /**
     * Resolves a job's options against a model.
     *
     * @throws InvalidInputException {@code INVALID_OPTION} for a target module that the family does
     *     not have, a rank larger than an adapted layer, or an unknown module to save
     */
    public static AdapterPlan of(
            ModelStructure structure, ClassifierOptions options, FrozenWeights weights) {
        List<HeadModule> trainedHead = trainedHead(structure, options, weights);
        Set<String> trainedNames =
                trainedHead.stream().map(head -> head.linear().name()).collect(Collectors.toSet());
        List<LinearModule> candidates =
                structure.linears().stream()
                        .filter(linear -> !trainedNames.contains(linear.name()))
                        .toList();
        List<LinearModule> adapted = adapted(candidates, structure, options.lora());
        List<TrainableParameter> parameters = new ArrayList<>();
        for (LinearModule module : adapted) {
            parameters.addAll(loraParameters(module, options.lora().rank()));
        }
        for (HeadModule head : trainedHead) {
            parameters.addAll(
                    headParameters(head.linear(), weights, structure.config().initializerRange()));
        }
        return new AdapterPlan(options.lora(), adapted, trainedHead, parameters);
    }

    /** Name of a module's A {@code [rank, in]}. */
    public static String loraAName(String module) {
        return module + ".lora_A.weight";
    }

    /** Name of a module's B {@code [out, rank]}. */
    public static String loraBName(String module) {
        return module + ".lora_B.weight";
    }

    /** Whether a module carries a LoRA update. */
    public boolean adapts(LinearModule module) {
        return adaptedModules.contains(module);
    }

    /** Whether a module is trained whole. */
    public boolean trains(LinearModule module) {
        return trainedHead.stream().anyMatch(head -> head.linear().equals(module));
    }

    /** The number of trainable values. */
    public long trainableCount() {
        return parameters.stream().mapToLong(parameter -> parameter.shape().elements()).sum();
    }

    private static List<HeadModule> trainedHead(
            ModelStructure structure, ClassifierOptions options, FrozenWeights weights) {
        Set<String> known =
                structure.head().stream().map(HeadModule::saveName).collect(Collectors.toSet());
        for (String asked : options.modulesToSave()) {
            if (!known.contains(asked)) {
                throw new InvalidInputException(
                        ErrorCode.INVALID_OPTION,
                        "The model has no head module \"" + asked + "\" to train.",
                        "Choose among: " + String.join(", ", new TreeSet<>(known)) + ".");
            }
        }
        return structure.head().stream()
                .filter(
                        head ->
                                head.alwaysTrained()
                                        || options.modulesToSave().contains(head.saveName())
                                        || !inBase(head.linear(), weights))
                .toList();
    }

    private static boolean inBase(LinearModule linear, FrozenWeights weights) {
        return weights.has(linear.weightName(), linear.weightShape())
                && weights.has(linear.biasName(), linear.biasShape());
    }

    private static List<LinearModule> adapted(
            List<LinearModule> candidates, ModelStructure structure, LoraOptions lora) {
        List<String> targets =
                lora.targetModules().isEmpty()
                        ? List.of(structure.defaultTarget())
                        : lora.targetModules();
        for (String target : targets) {
            if (!target.equals(ALL_LINEAR)
                    && candidates.stream().noneMatch(module -> module.matches(target))) {
                throw unknownTarget(target, candidates);
            }
        }
        List<LinearModule> adapted =
                candidates.stream()
                        .filter(
                                module ->
                                        targets.contains(ALL_LINEAR)
                                                || targets.stream().anyMatch(module::matches))
                        .toList();
        for (LinearModule module : adapted) {
            long limit = Math.min(module.inputSize(), module.outputSize());
            if (lora.rank() > limit) {
                throw new InvalidInputException(
                        ErrorCode.INVALID_OPTION,
                        "LoRA rank "
                                + lora.rank()
                                + " is larger than the layer "
                                + module.name()
                                + " "
                                + module.weightShape()
                                + ".",
                        "Choose a rank of at most " + limit + ".");
            }
        }
        return adapted;
    }

    private static InvalidInputException unknownTarget(
            String target, List<LinearModule> candidates) {
        String valid =
                candidates.stream()
                        .map(module -> module.name().replaceFirst("^.*\\.layer\\.\\d+\\.", ""))
                        .flatMap(AdapterPlan::shortestSuffix)
                        .distinct()
                        .collect(Collectors.joining(", "));
        return new InvalidInputException(
                ErrorCode.INVALID_OPTION,
                "No linear layer of the base is named \"" + target + "\".",
                "Choose target modules among: " + valid + ", or all-linear.");
    }

    private static Stream<String> shortestSuffix(String nameInLayer) {
        // "dense" alone would name several layers; the others are told apart by their last part.
        return nameInLayer.endsWith(".dense")
                ? Stream.of(nameInLayer)
                : Stream.of(nameInLayer.substring(nameInLayer.lastIndexOf('.') + 1));
    }

    private static List<TrainableParameter> loraParameters(LinearModule module, int rank) {
        return List.of(
                new TrainableParameter(
                        loraAName(module.name()),
                        TensorShape.of(rank, module.inputSize()),
                        new Initialization.KaimingUniform(module.inputSize())),
                new TrainableParameter(
                        loraBName(module.name()),
                        TensorShape.of(module.outputSize(), rank),
                        new Initialization.Zeros()));
    }

    private static List<TrainableParameter> headParameters(
            LinearModule linear, FrozenWeights weights, double initializerRange) {
        boolean inBase = inBase(linear, weights);
        return List.of(
                new TrainableParameter(
                        linear.weightName(),
                        linear.weightShape(),
                        inBase
                                ? new Initialization.FromBase()
                                : new Initialization.Normal(initializerRange)),
                new TrainableParameter(
                        linear.biasName(),
                        linear.biasShape(),
                        inBase ? new Initialization.FromBase() : new Initialization.Zeros()));
    }
}
