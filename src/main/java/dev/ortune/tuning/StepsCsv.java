package dev.ortune.tuning;

import dev.ortune.job.JobJournal;
import dev.ortune.job.JobStep;
import java.util.List;

/** A job's steps as CSV (RFC 4180). */
public final class StepsCsv {

    private static final int PAGE = 5000;

    private final JobJournal journal;

    public StepsCsv(JobJournal journal) {
        this.journal = journal;
    }

    /** All steps of a job, with a header. */
    public String of(String jobId) {
        StringBuilder csv =
                new StringBuilder(
                        "step,epoch,train_loss,learning_rate,grad_norm,tokens,tokens_per_second\r\n");
        List<JobStep> page = journal.steps(jobId, 0, PAGE);
        while (!page.isEmpty()) {
            page.forEach(step -> csv.append(row(step)));
            page = journal.steps(jobId, page.get(page.size() - 1).step(), PAGE);
        }
        return csv.toString();
    }

    private static String row(JobStep step) {
        String norm =
                step.gradientNorm().isPresent()
                        ? Double.toString(step.gradientNorm().getAsDouble())
                        : "";
        return step.step()
                + ","
                + step.epoch()
                + ","
                + step.loss()
                + ","
                + step.learningRate()
                + ","
                + norm
                + ","
                + step.tokens()
                + ","
                + step.tokensPerSecond()
                + "\r\n";
    }
}
