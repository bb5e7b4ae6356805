package dev.ortune.webhook;

import dev.ortune.job.Job;
import dev.ortune.job.JobListener;
import dev.ortune.job.JobStatus;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Tells endpoints how jobs ended or paused. Thread-safe. */
public final class JobWebhooks implements JobListener {

    private final WebhookOutbox outbox;

    public JobWebhooks(WebhookOutbox outbox) {
        this.outbox = outbox;
    }

    @Override
    public void changed(Handle handle, Job job, JobStatus status) {
        type(status).ifPresent(type -> outbox.add(handle, job.tenant(), type, job.id()));
    }

    private static Optional<WebhookEventType> type(JobStatus status) {
        return switch (status) {
            case SUCCEEDED -> Optional.of(WebhookEventType.JOB_SUCCEEDED);
            case FAILED -> Optional.of(WebhookEventType.JOB_FAILED);
            case CANCELLED -> Optional.of(WebhookEventType.JOB_CANCELLED);
            case PAUSED -> Optional.of(WebhookEventType.JOB_PAUSED);
            case VALIDATING_FILES, QUEUED, RUNNING -> Optional.empty();
        };
    }
}
