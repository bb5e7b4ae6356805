package dev.ortune.dataset.check;

import dev.ortune.dataset.LabelSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
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
    private final Optional<LabelSet> given;

    /**
     * Looks at the training rows' labels, by name.
     *
     * @param given the labels that the run is given; rows with others are told elsewhere
     */
    LabelFindings(DatasetSummary training, Optional<LabelSet> given) {
        this.training = training;
        this.given = given;
    }

    List<DataFinding> ofTraining() {
        List<LabelCount> labels = known(training);
        String file = training.source().fileName();
        if (labels.size() < 2) {
            return List.of(
                    new DataFinding(
                            FindingKind.ONE_LABEL,
                            file,
                            oneLabel(labels),
                            "Give training rows of at least two labels.",
                            List.of()));
        }
        List<DataFinding> findings = new ArrayList<>(withoutRows());
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

    private String oneLabel(List<LabelCount> labels) {
        if (labels.isEmpty()) {
            return given.isEmpty() ? "No row has a label." : "No row has a label that is given.";
        }
        String label = "\"" + labels.get(0).label() + "\"";
        return given.isEmpty()
                ? "All rows have the label " + label + "."
                : "Of the labels given, only " + label + " has rows.";
    }

    private List<DataFinding> withoutRows() {
        Set<String> trained = names(training);
        List<String> unused =
                given.stream()
                        .flatMap(labels -> labels.names().stream())
                        .filter(name -> !trained.contains(name))
                        .toList();
        if (unused.isEmpty()) {
            return List.of();
        }
        return List.of(
                new DataFinding(
                        FindingKind.LABEL_WITHOUT_ROWS,
                        training.source().fileName(),
                        "No training row has these of the labels given: "
                                + shown(quoted(unused))
                                + ".",
                        "Add rows with them, or leave them out; nobody can learn them from none.",
                        List.of()));
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

    private Set<String> names(DatasetSummary summary) {
        return known(summary).stream().map(LabelCount::label).collect(Collectors.toSet());
    }

    private List<LabelCount> known(DatasetSummary summary) {
        return summary.labels().stream()
                .filter(count -> given.isEmpty() || given.get().indexOf(count.label()).isPresent())
                .toList();
    }

    private static List<String> without(Set<String> names, Set<String> others) {
        return quoted(names.stream().filter(name -> !others.contains(name)).sorted().toList());
    }

    static List<String> quoted(Collection<String> names) {
        return names.stream().map(name -> "\"" + name + "\"").toList();
    }

    static String shown(List<String> labels) {
        String first = labels.stream().limit(LABELS_SHOWN).collect(Collectors.joining(", "));
        int more = labels.size() - LABELS_SHOWN;
        return more > 0 ? first + " and " + more + " more" : first;
    }
}
