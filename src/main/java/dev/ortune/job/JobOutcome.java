package dev.ortune.job;

/** How a worker leaves a job. */
public sealed interface JobOutcome {

    /** What the job becomes. */
    JobStatus status();

    /**
     * Its files are fit for training.
     *
     * @param memoryBytes that training will take
     * @param totalSteps of training
     */
    record Validated(long memoryBytes, int totalSteps) implements JobOutcome {
        @Override
        public JobStatus status() {
            return JobStatus.QUEUED;
        }
    }

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

    /** It cannot go on for now, for no fault of its own: it is paused until somebody has helped. */
    record Held(JobFailure reason) implements JobOutcome {
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

    /**
     * The process that trained it died. It is tried again, but not for ever.
     *
     * @param how it died, as in {@code it was killed}
     */
    record Lost(String how) implements JobOutcome {
        @Override
        public JobStatus status() {
            return JobStatus.QUEUED;
        }
    }
}
