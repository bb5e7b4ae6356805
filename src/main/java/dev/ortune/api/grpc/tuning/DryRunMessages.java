package dev.ortune.api.grpc.tuning;

import dev.ortune.api.grpc.proto.v1.DryRunResponse;
import dev.ortune.api.grpc.proto.v1.Finding;
import dev.ortune.dataset.check.DataFinding;
import dev.ortune.dataset.check.Severity;
import dev.ortune.tuning.DryRun;
import dev.ortune.tuning.ReportDocument;
import java.util.Locale;

/** What dry runs found, as messages. */
final class DryRunMessages {

    private DryRunMessages() {}

    static DryRunResponse of(DryRun run) {
        DryRunResponse.Builder message =
                DryRunResponse.newBuilder()
                        .setValid(run.estimate().isPresent())
                        .addAllFindings(
                                run.report().findings().stream()
                                        .map(DryRunMessages::finding)
                                        .toList())
                        .setReport(Structs.of(ReportDocument.of(run.report()).toString()));
        run.estimate()
                .ifPresent(
                        estimate ->
                                message.getEstimateBuilder()
                                        .setTotalSteps(estimate.totalSteps())
                                        .setTrainedTokens(estimate.trainedTokens())
                                        .setMemoryBytes(estimate.memoryBytes()));
        run.pace()
                .ifPresent(
                        pace ->
                                message.getEstimateBuilder()
                                        .setSeconds(pace.seconds())
                                        .setSecondsFromJobs(pace.jobs()));
        return message.build();
    }

    private static Finding finding(DataFinding finding) {
        return Finding.newBuilder()
                .setKind(finding.kind().name().toLowerCase(Locale.ROOT))
                .setSeverity(severity(finding.severity()))
                .setFile(finding.file())
                .setMessage(finding.message())
                .setRemedy(finding.remedy())
                .addAllRows(finding.rows())
                .build();
    }

    private static Finding.Severity severity(Severity severity) {
        return switch (severity) {
            case ERROR -> Finding.Severity.SEVERITY_ERROR;
            case WARNING -> Finding.Severity.SEVERITY_WARNING;
        };
    }
}
