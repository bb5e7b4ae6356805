package dev.ortune.dataset.check;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * What a check found.
 *
 * @param training empty where its file cannot be read
 * @param validation empty where there is none, or it cannot be read
 * @param findings errors first
 */
public record DataCheckReport(
        Optional<DatasetSummary> training,
        Optional<DatasetSummary> validation,
        List<DataFinding> findings) {

    public DataCheckReport {
        findings = List.copyOf(findings);
    }

    /** Whether a run can begin. */
    @JsonProperty
    public boolean usable() {
        return findings.stream().noneMatch(finding -> finding.severity() == Severity.ERROR);
    }
}
