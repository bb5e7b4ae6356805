package dev.ortune.dataset.check;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a finding is about; the names in JSON are stable. */
public enum FindingKind {
    /** The file as a whole cannot be read. */
    @JsonProperty("unreadable_file")
    UNREADABLE_FILE(Severity.ERROR),
    /** A row cannot be read: blank text, missing label, broken JSON. */
    @JsonProperty("faulty_row")
    FAULTY_ROW(Severity.ERROR),
    /** All training rows have the same label. */
    @JsonProperty("one_label")
    ONE_LABEL(Severity.ERROR),
    /** Rows have a label that is not among those given, or validation rows one of no training row. */
    @JsonProperty("unknown_label")
    UNKNOWN_LABEL(Severity.ERROR),
    /** Rows of one file say the same. */
    @JsonProperty("duplicate_rows")
    DUPLICATE_ROWS(Severity.WARNING),
    /** Rows of one file have the same text and different labels. */
    @JsonProperty("conflicting_labels")
    CONFLICTING_LABELS(Severity.WARNING),
    /** Validation rows have the text of a training row. */
    @JsonProperty("leaked_rows")
    LEAKED_ROWS(Severity.WARNING),
    /** No training row has a label that is given. */
    @JsonProperty("label_without_rows")
    LABEL_WITHOUT_ROWS(Severity.WARNING),
    /** A label has hardly any training rows. */
    @JsonProperty("few_rows")
    FEW_ROWS(Severity.WARNING),
    /** Some label has many times the training rows of another. */
    @JsonProperty("imbalanced_labels")
    IMBALANCED_LABELS(Severity.WARNING),
    /** No validation row has the label. */
    @JsonProperty("unvalidated_label")
    UNVALIDATED_LABEL(Severity.WARNING),
    /** Texts are longer than the model takes, and will be cut. */
    @JsonProperty("truncated_texts")
    TRUNCATED_TEXTS(Severity.WARNING);

    private final Severity severity;

    FindingKind(Severity severity) {
        this.severity = severity;
    }

    /** How bad it is. */
    public Severity severity() {
        return severity;
    }
}
