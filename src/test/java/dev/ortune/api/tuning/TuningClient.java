package dev.ortune.api.tuning;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fine-tuning as a client sees it, whatever the protocol. What the service refuses is thrown as a
 * {@link Refusal}.
 */
interface TuningClient extends AutoCloseable {

    /** What the service refuses. */
    final class Refusal extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final String code;
        private final String field;

        Refusal(String code, String field, String message) {
            super(message);
            this.code = code;
            this.field = field;
        }

        String code() {
            return code;
        }

        /** Empty where none is at fault. */
        String field() {
            return field;
        }
    }

    record FileView(String id, String name, String purpose, long bytes) {}

    record JobView(
            String id,
            String status,
            Optional<String> model,
            Optional<String> errorCode,
            Optional<String> errorMessage,
            int step,
            int checkpointStep,
            long seed,
            int epochs,
            Map<String, String> metadata,
            List<String> resultFiles) {}

    record EventView(String id, String level, String message) {}

    record CheckpointView(String id, int epoch, int step, Optional<String> model) {}

    record StepView(int step, double loss) {}

    record DryRunView(boolean valid, int totalSteps, List<String> findings) {}

    record Page<T>(List<T> elements, boolean hasMore) {}

    String upload(String name, String content);

    FileView file(String id);

    Page<FileView> files(Optional<String> after, int limit);

    String content(String id);

    void deleteFile(String id);

    /**
     * Creates a job.
     *
     * @param body JSON, as REST has it
     */
    JobView create(String body, Optional<String> idempotencyKey);

    DryRunView dryRun(String body);

    JobView job(String id);

    Page<JobView> jobs(Optional<String> after, int limit, Map<String, String> metadata);

    JobView cancel(String id);

    JobView pause(String id);

    JobView resume(String id);

    Page<EventView> events(String id, Optional<String> after, int limit);

    /** All events, to the job's end. */
    List<EventView> follow(String id);

    Page<CheckpointView> checkpoints(String id, Optional<String> after, int limit);

    Page<StepView> steps(String id, int after, int limit);

    /** The label of a text. */
    String classify(String model, String text);

    @Override
    void close();
}
