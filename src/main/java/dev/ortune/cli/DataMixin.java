package dev.ortune.cli;

import dev.ortune.dataset.DatasetColumns;
import dev.ortune.dataset.DatasetOptions;
import dev.ortune.dataset.DatasetReader;
import dev.ortune.graph.ProblemType;
import java.nio.file.Path;
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

    Path training() {
        return data;
    }

    Optional<Path> validation() {
        return validation;
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
