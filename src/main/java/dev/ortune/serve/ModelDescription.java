package dev.ortune.serve;

import dev.ortune.adapter.LabelScheme;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A version of a model, as clients see it.
 *
 * @param name the model's name, without its tenant
 * @param version this version's number
 * @param versions all numbers that the model has, ascending
 * @param aliases numbers by alias
 * @param base the base's name as its adapter gives it
 * @param labels the labels, in the order of logits and scores
 * @param maxTokens longer texts are cut to this many tokens
 * @param published when this version was
 * @param shared whether the operator gave it to all tenants
 */
public record ModelDescription(
        String name,
        String version,
        List<String> versions,
        Map<String, String> aliases,
        String base,
        LabelScheme labels,
        int maxTokens,
        Instant published,
        boolean shared) {

    public ModelDescription {
        versions = List.copyOf(versions);
        aliases = Map.copyOf(aliases);
    }

    /** The label names, in the order of logits and scores. */
    public List<String> labelNames() {
        return labels.labels();
    }

    /** {@code single_label} or {@code multi_label}. */
    public String problemType() {
        return labels.problemType().optionName();
    }
}
