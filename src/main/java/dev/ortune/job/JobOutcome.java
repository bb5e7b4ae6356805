package dev.ortune.job;

/** How a worker leaves a job. */
public sealed interface JobOutcome {

    /** What the job becomes. */
    JobStatus status();

    /** It is trained. */
    record Succeeded(String model) implements JobOutcome {
        @Override
        public JobStatus status() {
            return JobStatus.SUCCEEDED;
        }
    }

    /** It cannot be trained. */
    record Failed(JobFailure failure) implements JobOutcome {
        @Override
        public JobStatus status() {
            return JobStatus.FAILED;
        }
    }

    /** Its owner paused it; it is saved. */
    record Paused() implements JobOutcome {
        @Override
        public JobStatus status() {
            return JobStatus.PAUSED;
        }
    }

    /** Its owner cancelled it. */
    record Cancelled() implements JobOutcome {
        @Override
        public JobStatus status() {
            return JobStatus.CANCELLED;
        }
    }

    /** The worker ends; another one may go on from what is saved. */
    record GivenUp() implements JobOutcome {
        @Override
        public JobStatus status() {
            return JobStatus.QUEUED;
        }
    }
}
