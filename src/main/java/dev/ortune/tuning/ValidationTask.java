package dev.ortune.tuning;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ortune.dataset.check.DataFinding;
import dev.ortune.dataset.check.Severity;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.OrtuneException;
import dev.ortune.error.UnavailableException;
import dev.ortune.job.Job;
import dev.ortune.job.JobEvent.Level;
import dev.ortune.job.JobEvents;
import dev.ortune.job.JobFailure;
import dev.ortune.job.JobOutcome;
import dev.ortune.job.JobTask;
import dev.ortune.job.TaskControl;
import java.util.List;

/** Looks through a job's files before it is queued: findings become events and a report. */
public final class ValidationTask implements JobTask {

    private final JobInspector inspector;
    private final JobResults results;
    private final JobEvents events;
    private final TrainingSettings settings;
    private final long memoryBytes;
    private final JsonMapper mapper = JsonMapper.builder().build();

    /**
     * A task.
     *
     * @param memoryBytes that a worker here has; a job that takes more could never run
     */
    ValidationTask(
            JobInspector inspector,
            JobResults results,
            JobEvents events,
            TrainingSettings settings,
            long memoryBytes) {
        this.inspector = inspector;
        this.results = results;
        this.events = events;
        this.settings = settings;
        this.memoryBytes = memoryBytes;
    }

    @Override
    public JobOutcome run(Job job, TaskControl control) {
        JobFolder folder = JobFolder.of(settings.jobs(), job.id());
        try {
            return validate(job, folder);
        } catch (UnavailableException e) {
            if (e.code() == ErrorCode.DISK_FULL) {
                return failed(e.code().name(), e.getMessage() + " " + e.remedy());
            }
            // A base that cannot be had now may be had the next time.
            return new JobOutcome.Lost(e.getMessage());
        } catch (OrtuneException e) {
            return failed(
                    e.code().name(),
                    folder.withoutPlace(e.getMessage()) + " " + folder.withoutPlace(e.remedy()));
        }
    }

    private JobOutcome validate(Job job, JobFolder folder) {
        Inspection inspection =
                inspector.inspect(
                        job.tenant(), JobSpecification.parse(job.specification()), folder);
        results.report(job, inspection.report());
        List<DataFinding> findings = inspection.report().findings();
        for (int i = 0; i < findings.size(); i++) {
            tell(job, i, findings.get(i));
        }
        if (inspection.estimate().isEmpty()) {
            DataFinding first = findings.get(0);
            return failed(
                    "INVALID_TRAINING_FILE",
                    first.file() + ": " + first.message() + " " + first.remedy());
        }
        TrainingEstimate estimate = inspection.estimate().get();
        if (estimate.memoryBytes() > memoryBytes) {
            return failed(
                    "NOT_ENOUGH_MEMORY",
                    "Training would take about "
                            + (estimate.memoryBytes() >> 20)
                            + " MiB; the worker has "
                            + (memoryBytes >> 20)
                            + " MiB (ortune.worker.memory). Use shorter texts or fewer rows.");
        }
        inspection.recipe().orElseThrow().write(folder.recipe());
        return new JobOutcome.Validated(estimate.memoryBytes(), estimate.totalSteps());
    }

    private void tell(Job job, int number, DataFinding finding) {
        ObjectNode data = mapper.createObjectNode();
        data.set("finding", mapper.<JsonNode>valueToTree(finding));
        events.addOnce(
                job.id(),
                "finding-" + number,
                finding.severity() == Severity.ERROR ? Level.ERROR : Level.WARN,
                finding.file() + ": " + finding.message() + " " + finding.remedy(),
                data.toString());
    }

    private static JobOutcome failed(String code, String message) {
        return new JobOutcome.Failed(new JobFailure(code, message));
    }
}
