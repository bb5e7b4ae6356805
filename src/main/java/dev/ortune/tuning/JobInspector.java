package dev.ortune.tuning;

import dev.ortune.access.Quotas;
import dev.ortune.dataset.DatasetOptions;
import dev.ortune.dataset.DatasetReader;
import dev.ortune.dataset.check.DataCheck;
import dev.ortune.dataset.check.DataCheckReport;
import dev.ortune.dataset.check.DataFinding;
import dev.ortune.dataset.check.DatasetSummary;
import dev.ortune.dataset.check.LabelCount;
import dev.ortune.dataset.check.TokenLengths;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.export.PreparedBase;
import dev.ortune.file.FileStore;
import dev.ortune.file.StoredFile;
import dev.ortune.io.AtomicFiles;
import dev.ortune.job.Job;
import dev.ortune.repository.KnownBases;
import dev.ortune.tokenizer.TextTokenizer;
import dev.ortune.tokenizer.TruncationSide;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks through jobs' files and puts together how they are trained. Thread-safe. */
public final class JobInspector {

    private final KnownBases bases;
    private final FileStore files;
    private final Quotas quotas;

    public JobInspector(KnownBases bases, FileStore files, Quotas quotas) {
        this.bases = bases;
        this.files = files;
        this.quotas = quotas;
    }

    /** A job's files under names that tell their format. */
    private record Rows(Path training, Optional<Path> validation) {}

    /**
     * Looks through a job's files.
     *
     * @param folder gets links to them
     * @throws InvalidInputException {@code FILE_NOT_FOUND}, {@code BASE_NOT_FOUND}, {@code
     *     INVALID_REQUEST} for options that do not fit the base or the rows
     * @throws dev.ortune.error.DeniedException {@code QUOTA_EXCEEDED} for too many rows
     */
    Inspection inspect(String tenant, JobSpecification job, JobFolder folder) {
        Hyperparameters chosen = job.hyperparameters();
        PreparedBase base = bases.base(job.model()).prepared();
        int positions = base.model().config().maxPositions();
        if (chosen.maxTokens(positions) > positions) {
            throw InvalidInputException.ofField(
                    "max_length", "the base has " + positions + " positions only");
        }
        Rows rows = rows(tenant, job, folder);
        DataCheckReport report;
        try (TextTokenizer tokenizer = TextTokenizer.of(base.tokenizerFile())) {
            TokenLengths lengths =
                    new TokenLengths(
                            text ->
                                    tokenizer.encode(text, Integer.MAX_VALUE, TruncationSide.RIGHT)
                                            .length,
                            chosen.maxTokens(positions));
            report =
                    withoutPlace(
                            folder,
                            new DataCheck(
                                            new DatasetReader(
                                                    DatasetOptions.of(chosen.problemType())),
                                            Optional.empty(),
                                            Optional.of(lengths))
                                    .check(rows.training(), rows.validation()));
        }
        quotas.of(tenant).requireRows(report.training().map(it -> it.source().rows()).orElse(0L));
        if (!report.usable()) {
            return new Inspection(report, Optional.empty(), Optional.empty());
        }
        DatasetSummary training = report.training().orElseThrow();
        Map<String, Long> rowsByLabel =
                training.labels().stream()
                        .collect(Collectors.toMap(LabelCount::label, LabelCount::rows));
        return new Inspection(
                report,
                Optional.of(
                        Estimator.of(
                                chosen,
                                training,
                                base.model().config(),
                                bytes(base.weightsFile()))),
                Optional.of(RecipeDocument.of(job, positions, rowsByLabel)));
    }

    /** The arguments of {@code ortune train} for a job; its files and recipe are there after it. */
    List<String> arguments(Job job, JobFolder folder, int checkpointSteps) {
        JobSpecification specification = JobSpecification.parse(job.specification());
        Rows rows = rows(job.tenant(), specification, folder);
        if (!Files.exists(folder.recipe())) {
            inspect(job.tenant(), specification, folder)
                    .recipe()
                    .orElseThrow(
                            () ->
                                    new InvalidInputException(
                                            ErrorCode.DATASET_INVALID_ROW,
                                            "The files are not those that were validated.",
                                            "Upload them again and create a new job."))
                    .write(folder.recipe());
        }
        List<String> arguments = new ArrayList<>();
        arguments.add("--events");
        arguments.addAll(List.of("--events-file", folder.news().toString()));
        arguments.addAll(List.of("--base", bases.source(specification.model())));
        arguments.addAll(List.of("--data", rows.training().toString()));
        rows.validation()
                .ifPresent(path -> arguments.addAll(List.of("--validation", path.toString())));
        arguments.addAll(List.of("--recipe", folder.recipe().toString()));
        arguments.addAll(List.of("--checkpoint-dir", folder.checkpoints().toString()));
        arguments.addAll(List.of("--checkpoint-steps", Integer.toString(checkpointSteps)));
        arguments.addAll(List.of("--epoch-adapters", folder.epochs().toString()));
        arguments.addAll(List.of("--out", folder.adapter().toString()));
        return arguments;
    }

    private Rows rows(String tenant, JobSpecification job, JobFolder folder) {
        return new Rows(
                placed("training", files.get(tenant, job.trainingFile()), folder),
                job.validationFile()
                        .map(id -> files.get(tenant, id))
                        .map(file -> placed("validation", file, folder)));
    }

    private Path placed(String role, StoredFile file, JobFolder folder) {
        Path rows = folder.rows(role, file);
        files.place(file, rows);
        return rows;
    }

    /** The findings without where this machine keeps the files. */
    private static DataCheckReport withoutPlace(JobFolder folder, DataCheckReport report) {
        return new DataCheckReport(
                report.training(),
                report.validation(),
                report.findings().stream()
                        .map(
                                finding ->
                                        new DataFinding(
                                                finding.kind(),
                                                finding.file(),
                                                folder.withoutPlace(finding.message()),
                                                folder.withoutPlace(finding.remedy()),
                                                finding.rows()))
                        .toList());
    }

    private static long bytes(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(file, e);
        }
    }
}
