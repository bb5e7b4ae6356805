package dev.ortune.cli;

import dev.ortune.dataset.DatasetColumns;
import dev.ortune.dataset.DatasetOptions;
import dev.ortune.dataset.DatasetReader;
import dev.ortune.dataset.LabelSet;
import dev.ortune.graph.ProblemType;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where rows are, and how they are read. */
final class DataMixin {

    @Option(
            names = "--data",
            paramLabel = "FILE",
            required = true,
            description = "The training rows.")
    private Path data;

    @Option(
            names = "--validation",
            paramLabel = "FILE",
            description = "Rows to evaluate on after each epoch; the best epoch is kept.")
    private Optional<Path> validation = Optional.empty();

    @Option(
            names = "--text-column",
            paramLabel = "NAME",
            defaultValue = "text",
            description = "The field with the text (${DEFAULT-VALUE}).")
    private String textColumn;

    @Option(
            names = "--label-column",
            paramLabel = "NAME",
            defaultValue = "label",
            description = "The field with the label (${DEFAULT-VALUE}).")
    private String labelColumn;

    @Option(
            names = "--labels",
            paramLabel = "NAMES",
            split = ",",
            description = "Label names in the order of the logits (those of the training rows).")
    private List<String> labels = List.of();

    Path training() {
        return data;
    }

    Optional<Path> validation() {
        return validation;
    }

    /**
     * The labels that the user names, if any.
     *
     * @throws dev.ortune.error.InvalidInputException {@code INVALID_OPTION}
     */
    Optional<LabelSet> labels() {
        return labels.isEmpty() ? Optional.empty() : Optional.of(LabelSet.of(labels));
    }

    /** What reads both files. */
    DatasetReader reader(ProblemType problemType) {
        return new DatasetReader(
                new DatasetOptions(
                        new DatasetColumns(textColumn, labelColumn),
                        problemType,
                        DatasetOptions.DEFAULT_MAX_ROW_BYTES));
    }
}
