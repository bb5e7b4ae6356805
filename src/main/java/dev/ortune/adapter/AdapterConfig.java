package dev.ortune.adapter;

import dev.ortune.graph.AdapterPlan;
import dev.ortune.graph.HeadModule;
import dev.ortune.graph.LinearModule;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The content of PEFT's {@code adapter_config.json}, as far as it changes a classifier's answers.
 *
 * @param baseModel the base's name on a hub, or its folder
 * @param rank r
 * @param alpha the update is scaled by alpha / rank; for a file with {@code use_rslora} the value
 *     that gives its scaling alpha / sqrt(rank)
 * @param dropout the rate on the update's input in training
 * @param targetModules names or dotted suffixes of the adapted layers, sorted
 * @param modulesToSave names of the modules trained whole, sorted; some may not exist in the model
 */
public record AdapterConfig(
        String baseModel,
        int rank,
        double alpha,
        double dropout,
        List<String> targetModules,
        List<String> modulesToSave) {

    /** What PEFT adds to every sequence classifier, whatever its head is called. */
    private static final List<String> PEFT_HEAD_NAMES = List.of("classifier", "score");

    private static final String ALL_LINEAR = "all-linear";

    public AdapterConfig {
        targetModules = List.copyOf(new TreeSet<>(targetModules));
        modulesToSave = List.copyOf(new TreeSet<>(modulesToSave));
    }

    /** The configuration that makes PEFT adapt and save what a plan does. */
    public static AdapterConfig of(String baseModel, AdapterPlan plan) {
        return new AdapterConfig(
                baseModel,
                plan.lora().rank(),
                plan.lora().alpha(),
                plan.lora().dropout(),
                targetModules(plan),
                Stream.concat(
                                PEFT_HEAD_NAMES.stream(),
                                plan.trainedHead().stream()
                                        .filter(head -> !head.alwaysTrained())
                                        .map(HeadModule::saveName))
                        .toList());
    }

    /** The names as the user gave them where PEFT reads them alike, else in full. */
    private static List<String> targetModules(AdapterPlan plan) {
        List<String> asked = plan.lora().targetModules();
        boolean readAlike = !asked.isEmpty() && !asked.contains(ALL_LINEAR);
        return readAlike ? asked : shortNames(plan.adaptedModules());
    }

    private static List<String> shortNames(List<LinearModule> modules) {
        List<String> lastParts =
                modules.stream()
                        .map(LinearModule::name)
                        .map(name -> name.substring(name.lastIndexOf('.') + 1))
                        .distinct()
                        .toList();
        // One last part means one kind of layer, such as q_lin, unless it is BERT's "dense".
        return lastParts.size() == 1 && !lastParts.contains("dense")
                ? lastParts
                : modules.stream().map(LinearModule::name).toList();
    }
}
