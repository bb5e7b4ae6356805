package dev.ortune.dataset.check;

import dev.ortune.dataset.DatasetReader;
import dev.ortune.dataset.InspectedDataset;
import dev.ortune.dataset.LabelSet;
import dev.ortune.dataset.NumberedExample;
import dev.ortune.dataset.RowFault;
import dev.ortune.error.InvalidInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Looks through the files of a run before it begins. Every fault of theirs becomes a finding, never
 * an exception.
 */
public final class DataCheck {

    /** Rows that cannot be read, as findings of their own. */
    private static final int FAULTS_TOLD = 20;

    private final DatasetReader reader;
    private final Optional<LabelSet> labels;
    private final Optional<TokenLengths> lengths;

    /**
     * A check.
     *
     * @param reader as the run would read
     * @param labels the labels that the run is given; without them, those of its training rows
     * @param lengths how texts are measured; without it they are not
     */
    public DataCheck(
            DatasetReader reader, Optional<LabelSet> labels, Optional<TokenLengths> lengths) {
        this.reader = reader;
        this.labels = labels;
        this.lengths = lengths;
    }

    /** Checks the files of a run; they are in memory while it lasts. */
    public DataCheckReport check(Path training, Optional<Path> validation) {
        List<DataFinding> findings = new ArrayList<>();
        Optional<InspectedDataset> trained = inspect(training, findings);
        Optional<InspectedDataset> validated = validation.flatMap(file -> inspect(file, findings));
        Optional<CheckedTexts> texts = trained.map(CheckedTexts::new);
        Optional<DatasetSummary> summary =
                trained.map(rows -> summary(rows, texts.orElseThrow(), findings));
        Optional<DatasetSummary> validationSummary =
                validated.map(rows -> summary(rows, new CheckedTexts(rows), findings));
        summary.ifPresent(
                it -> {
                    LabelFindings counts = new LabelFindings(it, labels);
                    findings.addAll(counts.ofTraining());
                    validationSummary.ifPresent(
                            other -> findings.addAll(counts.ofValidation(other)));
                });
        texts.ifPresent(it -> validated.ifPresent(rows -> findings.addAll(leaks(it, rows))));
        findings.sort(Comparator.comparing(DataFinding::severity));
        return new DataCheckReport(summary, validationSummary, findings);
    }

    private Optional<InspectedDataset> inspect(Path file, List<DataFinding> findings) {
        String name = file.getFileName().toString();
        InspectedDataset dataset;
        try {
            dataset = reader.inspect(file, FAULTS_TOLD);
        } catch (InvalidInputException e) {
            findings.add(
                    new DataFinding(
                            FindingKind.UNREADABLE_FILE,
                            name,
                            e.getMessage(),
                            e.remedy(),
                            List.of()));
            return Optional.empty();
        }
        for (RowFault fault : dataset.faults()) {
            findings.add(
                    new DataFinding(
                            FindingKind.FAULTY_ROW,
                            name,
                            fault.message(),
                            fault.remedy(),
                            List.of(fault.row())));
        }
        long more = dataset.faultyRows() - dataset.faults().size();
        if (more > 0) {
            findings.add(
                    new DataFinding(
                            FindingKind.FAULTY_ROW,
                            name,
                            "More rows that cannot be read: " + more + ".",
                            "Correct the first ones, then check again.",
                            List.of()));
        }
        // Nothing can be said about rows that are not there.
        return Optional.of(dataset)
                .filter(rows -> !rows.examples().isEmpty())
                .map(rows -> named(rows, findings));
    }

    private InspectedDataset named(InspectedDataset dataset, List<DataFinding> findings) {
        if (labels.isEmpty()) {
            return dataset;
        }
        GivenLabels given = new GivenLabels(labels.get());
        findings.addAll(given.unknown(dataset));
        return given.named(dataset);
    }

    private DatasetSummary summary(
            InspectedDataset dataset, CheckedTexts texts, List<DataFinding> findings) {
        String file = dataset.source().fileName();
        repetitions(file, texts, findings);
        Optional<LengthSummary> tokens = lengths.map(measure -> measured(dataset, measure));
        tokens.filter(it -> it.truncated() > 0)
                .ifPresent(it -> findings.add(truncated(file, it, dataset.examples().size())));
        return new DatasetSummary(
                dataset.source(),
                dataset.faultyRows(),
                counts(dataset),
                dataset.examples().stream().filter(row -> row.example().labels().isEmpty()).count(),
                texts.duplicates().count(),
                tokens);
    }

    private static void repetitions(String file, CheckedTexts texts, List<DataFinding> findings) {
        RowNumbers duplicates = texts.duplicates();
        if (duplicates.count() > 0) {
            findings.add(
                    new DataFinding(
                            FindingKind.DUPLICATE_ROWS,
                            file,
                            "Rows that repeat an earlier one: " + duplicates.count() + ".",
                            "Remove them, unless their texts really are that frequent.",
                            duplicates.first()));
        }
        RowNumbers conflicts = texts.conflicts();
        if (conflicts.count() > 0) {
            findings.add(
                    new DataFinding(
                            FindingKind.CONFLICTING_LABELS,
                            file,
                            "Rows with the text of an earlier one and another label: "
                                    + conflicts.count()
                                    + ".",
                            "Decide for one label; no model can be right about both.",
                            conflicts.first()));
        }
    }

    private static List<DataFinding> leaks(CheckedTexts training, InspectedDataset validation) {
        RowNumbers shared = training.shared(validation.examples());
        if (shared.count() == 0) {
            return List.of();
        }
        return List.of(
                new DataFinding(
                        FindingKind.LEAKED_ROWS,
                        validation.source().fileName(),
                        shared.count()
                                + " of "
                                + validation.examples().size()
                                + " validation texts are training texts too.",
                        "Remove them from one of the files; they make the model look better than it"
                                + " is.",
                        shared.first()));
    }

    private static LengthSummary measured(InspectedDataset dataset, TokenLengths measure) {
        return LengthSummary.of(
                dataset.examples().parallelStream()
                        .mapToInt(row -> measure.tokens().applyAsInt(row.example().text()))
                        .toArray(),
                measure.maxTokens());
    }

    private static DataFinding truncated(String file, LengthSummary lengths, int texts) {
        return new DataFinding(
                FindingKind.TRUNCATED_TEXTS,
                file,
                lengths.truncated()
                        + " of "
                        + texts
                        + " texts are longer than "
                        + lengths.maxTokens()
                        + " tokens and will be cut; the longest has "
                        + lengths.longest()
                        + ".",
                "Raise the greatest length if the base allows it, or choose which end is cut.",
                List.of());
    }

    private static List<LabelCount> counts(InspectedDataset dataset) {
        Map<String, Long> counts = new HashMap<>();
        for (NumberedExample row : dataset.examples()) {
            row.example().labels().forEach(label -> counts.merge(label, 1L, Long::sum));
        }
        return counts.entrySet().stream()
                .map(entry -> new LabelCount(entry.getKey(), entry.getValue()))
                .sorted(
                        Comparator.comparingLong(LabelCount::rows)
                                .reversed()
                                .thenComparing(LabelCount::label))
                .toList();
    }
}
