package dev.ortune.export.cli;

import dev.ortune.graph.LoraOptions;
import java.util.List;
import picocli.CommandLine.Option;

/** The low-rank update's options, with PEFT's meaning. */
public final class LoraMixin {

    @Option(
            names = "--lora-rank",
            paramLabel = "R",
            defaultValue = "4",
            description =
                    "Rank of the update; at most the smaller side of a layer (${DEFAULT-VALUE}).")
    private int rank;

    @Option(
            names = "--lora-alpha",
            paramLabel = "ALPHA",
            defaultValue = "32",
            description = "The update is scaled by ALPHA / R (${DEFAULT-VALUE}).")
    private double alpha;

    @Option(
            names = "--lora-dropout",
            paramLabel = "RATE",
            defaultValue = "0.01",
            description =
                    "Dropout on the update's input, at least 0 and below 1 (${DEFAULT-VALUE}).")
    private double dropout;

    @Option(
            names = "--target-modules",
            paramLabel = "NAME",
            split = ",",
            description =
                    "Layers to adapt: names such as q_lin,v_lin (DistilBERT) or query,value"
                            + " (BERT), dotted suffixes, or all-linear (the query projections).")
    private List<String> targetModules = List.of();

    /**
     * The options as given.
     *
     * @throws dev.ortune.error.InvalidInputException {@code INVALID_OPTION}
     */
    public LoraOptions options() {
        return new LoraOptions(rank, alpha, dropout, targetModules);
    }
}
