package dev.ortune.tuning;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * The low-rank update of a job.
 *
 * @param rank at least 1
 * @param alpha the update is scaled by alpha / rank
 * @param dropout on the update's input, in [0, 1)
 * @param targetModules layers to adapt; empty for the family's default
 */
public record LoraChoice(
        @JsonProperty("r") int rank,
        double alpha,
        double dropout,
        @JsonProperty("target_modules") List<String> targetModules) {

    /** As {@code ortune train} has it. */
    public static final LoraChoice DEFAULT = new LoraChoice(4, 32, 0.01, List.of());

    private static final String FIELD = "lora.";
    private static final int MAX_RANK = 256;
    private static final int MAX_MODULES = 32;
    private static final String NAME = "[A-Za-z0-9_.-]{1,100}";

    public LoraChoice {
        targetModules = List.copyOf(targetModules);
        TuningFault.require(
                rank >= 1 && rank <= MAX_RANK, FIELD + "r", "must be between 1 and " + MAX_RANK);
        TuningFault.require(
                Double.isFinite(alpha) && alpha > 0 && alpha <= 1e6,
                FIELD + "alpha",
                "must be a positive number of at most 1000000");
        TuningFault.require(
                dropout >= 0 && dropout < 1, FIELD + "dropout", "must be at least 0 and below 1");
        TuningFault.require(
                targetModules.size() <= MAX_MODULES
                        && targetModules.stream().allMatch(name -> name.matches(NAME)),
                FIELD + "target_modules",
                "must be at most " + MAX_MODULES + " names of layers");
    }
}
