package dev.ortune.job;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.util.Locale;

/** What can be wrong with a request about a job. */
final class JobFault {

    private JobFault() {}

    static InvalidInputException notFound(String id) {
        return new InvalidInputException(
                ErrorCode.JOB_NOT_FOUND,
                "There is no job " + shown(id) + ".",
                "Check the id; GET /v1/fine_tuning/jobs (ListJobs) lists yours.");
    }

    static InvalidInputException wrongStatus(Job job, String what) {
        return new InvalidInputException(
                ErrorCode.JOB_STATUS,
                "The job "
                        + job.id()
                        + " is "
                        + job.status().name().toLowerCase(Locale.ROOT)
                        + " and cannot be "
                        + what
                        + ".",
                "Look at the job's status first.");
    }

    static InvalidInputException keyReused(String key) {
        return new InvalidInputException(
                ErrorCode.IDEMPOTENCY_KEY_REUSED,
                "The idempotency key \"" + key + "\" was used for another request.",
                "Repeat a request with its own key, and choose a new key for every new request.");
    }

    private static String shown(String id) {
        return id.length() > 100 ? id.substring(0, 100) + "…" : id;
    }
}
