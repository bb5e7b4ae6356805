package dev.ortune.tuning;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ortune.dataset.check.DataCheckReport;
import dev.ortune.error.InternalException;
import dev.ortune.file.FilePurpose;
import dev.ortune.file.FileStore;
import dev.ortune.io.AtomicFiles;
import dev.ortune.job.Job;
import dev.ortune.job.JobJournal;
import dev.ortune.job.JobStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** What a job leaves: a model, and files about it. Doing it twice is as good as once. */
public final class JobResults {

    private static final String ID_PREFIX = "ftjob-";

    private final ModelPublisher publisher;
    private final FileStore files;
    private final JobStore jobs;
    private final JobJournal journal;

    public JobResults(
            ModelPublisher publisher, FileStore files, JobStore jobs, JobJournal journal) {
        this.publisher = publisher;
        this.files = files;
        this.jobs = jobs;
        this.journal = journal;
    }

    /** Publishes the adapter in a job's folder and writes the job's numbers; the model's name. */
    String publish(Job job, JobFolder folder) {
        String model = publisher.publish(job, folder, journal.epochs(job.id()));
        add(job, "metrics", "step_metrics.csv", new StepsCsv(journal).of(job.id()));
        return model;
    }

    /** Keeps what was found in the job's files. */
    void report(Job job, DataCheckReport report) {
        try {
            add(
                    job,
                    "report",
                    "validation_report.json",
                    JsonMapper.builder()
                            .build()
                            .writerWithDefaultPrettyPrinter()
                            .writeValueAsString(ReportDocument.of(report)));
        } catch (JsonProcessingException e) {
            throw new InternalException("A report could not be written.", e);
        }
    }

    private void add(Job job, String kind, String name, String content) {
        String id = "file-" + job.id().substring(ID_PREFIX.length()) + "-" + kind;
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        try {
            files.put(
                    id,
                    job.tenant(),
                    name,
                    FilePurpose.FINE_TUNE_RESULTS,
                    new ByteArrayInputStream(bytes),
                    bytes.length);
        } catch (IOException e) {
            throw AtomicFiles.writeFailure(Path.of(name), e);
        }
        jobs.addResultFile(job.id(), id);
    }
}
