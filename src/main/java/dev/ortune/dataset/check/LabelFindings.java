package dev.ortune.dataset.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What the counts of labels tell. */
final class LabelFindings {

    /** Fewer rows than these teach little. */
    private static final long FEW = 10;

    /** Beyond it, always answering with the frequent label is hard to beat. */
    private static final double GREAT_RATIO = 10;

    private static final int LABELS_SHOWN = 10;

    private final DatasetSummary training;

    LabelFindings(DatasetSummary training) {
        this.training = training;
    }

    List<DataFinding> ofTraining() {
        List<LabelCount> labels = training.labels();
        String file = training.source().fileName();
        if (labels.size() < 2) {
            return List.of(
                    new DataFinding(
                            FindingKind.ONE_LABEL,
                            file,
                            labels.isEmpty()
                                    ? "No row has a label."
                                    : "All rows have the label \"" + labels.get(0).label() + "\".",
                            "Give training rows of at least two labels.",
                            List.of()));
        }
        List<DataFinding> findings = new ArrayList<>();
        List<String> few =
                labels.stream()
                        .filter(count -> count.rows() < FEW)
                        .map(count -> "\"" + count.label() + "\" (" + count.rows() + ")")
                        .toList();
        if (!few.isEmpty()) {
            findings.add(
                    new DataFinding(
                            FindingKind.FEW_ROWS,
                            file,
                            "Labels with fewer than " + FEW + " rows: " + shown(few) + ".",
                            "Add rows with them, or merge them with others.",
                            List.of()));
        }
        LabelCount most = labels.get(0);
        LabelCount least = labels.get(labels.size() - 1);
        if (most.rows() > GREAT_RATIO * least.rows()) {
            findings.add(
                    new DataFinding(
                            FindingKind.IMBALANCED_LABELS,
                            file,
                            "\""
                                    + most.label()
                                    + "\" has "
                                    + most.rows()
                                    + " rows, \""
                                    + least.label()
                                    + "\" only "
                                    + least.rows()
                                    + ".",
                            "Add rows of the rare label, or give it a weight; judge by macro-F1,"
                                    + " not by accuracy.",
                            List.of()));
        }
        return findings;
    }

    List<DataFinding> ofValidation(DatasetSummary validation) {
        Set<String> trained = names(training);
        Set<String> validated = names(validation);
        List<DataFinding> findings = new ArrayList<>();
        List<String> unknown = without(validated, trained);
        if (!unknown.isEmpty()) {
            findings.add(
                    new DataFinding(
                            FindingKind.UNKNOWN_LABEL,
                            validation.source().fileName(),
                            "No training row has the labels: " + shown(unknown) + ".",
                            "Add training rows with them, or remove the validation rows.",
                            List.of()));
        }
        List<String> unseen = without(trained, validated);
        if (!unseen.isEmpty()) {
            findings.add(
                    new DataFinding(
                            FindingKind.UNVALIDATED_LABEL,
                            validation.source().fileName(),
                            "No validation row has the labels: " + shown(unseen) + ".",
                            "Add validation rows with them; nothing tells how well they are found.",
                            List.of()));
        }
        return findings;
    }

    private static Set<String> names(DatasetSummary summary) {
        return summary.labels().stream().map(LabelCount::label).collect(Collectors.toSet());
    }

    private static List<String> without(Set<String> names, Set<String> others) {
        return names.stream()
                .filter(name -> !others.contains(name))
                .sorted()
                .map(name -> "\"" + name + "\"")
                .toList();
    }

    private static String shown(List<String> labels) {
        String first = labels.stream().limit(LABELS_SHOWN).collect(Collectors.joining(", "));
        int more = labels.size() - LABELS_SHOWN;
        return more > 0 ? first + " and " + more + " more" : first;
    }
}
