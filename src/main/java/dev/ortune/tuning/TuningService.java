package dev.ortune.tuning;

import dev.ortune.access.Caller;
import dev.ortune.access.Scope;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.error.RefusedException;
import dev.ortune.file.FilePurpose;
import dev.ortune.file.FileStore;
import dev.ortune.file.StoredFile;
import dev.ortune.job.Job;
import dev.ortune.job.JobJournal;
import dev.ortune.job.JobStore;
import dev.ortune.job.NewJob;
import dev.ortune.repository.KnownBases;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;

/** Takes jobs in. Thread-safe. */
public final class TuningService {

    private static final int PACE_JOBS = 10;
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final KnownBases bases;
    private final FileStore files;
    private final JobStore jobs;
    private final JobJournal journal;
    private final JobInspector inspector;
    private final Path folder;
    private final int threads;
    private final Semaphore dryRuns = new Semaphore(1);

    /**
     * A service.
     *
     * @param folder of the jobs' folders
     * @param threads that compute in each training
     */
    public TuningService(
            KnownBases bases,
            FileStore files,
            JobStore jobs,
            JobJournal journal,
            JobInspector inspector,
            Path folder,
            int threads) {
        this.bases = bases;
        this.files = files;
        this.jobs = jobs;
        this.journal = journal;
        this.inspector = inspector;
        this.folder = folder;
        this.threads = threads;
    }

    /**
     * Creates a job, or finds the one that the same request has created before.
     *
     * @param key the request's own name, if it has one
     * @throws InvalidInputException {@code INVALID_REQUEST}, {@code FILE_NOT_FOUND}, {@code
     *     BASE_NOT_FOUND}, {@code IDEMPOTENCY_KEY_REUSED}
     */
    public Job create(Caller caller, JobRequest request, Optional<IdempotencyKey> key) {
        // Before the files are looked for: a repeated request may come after they were deleted.
        Optional<NewJob.Idempotency> idempotency = key.map(name -> idempotency(name, request));
        NewJob wanted =
                new NewJob(
                        caller.tenant(),
                        request.model(),
                        specification(request, drawnSeed(request)).json(),
                        request.metadata(),
                        request.priority(),
                        idempotency);
        return jobs.repeated(wanted).orElseGet(() -> created(caller, request, wanted));
    }

    private Job created(Caller caller, JobRequest request, NewJob wanted) {
        check(caller, request);
        return jobs.create(wanted);
    }

    /**
     * Looks a request's files through and estimates what it would take, and creates nothing.
     *
     * @throws InvalidInputException as {@link #create}
     * @throws RefusedException {@code OVERLOADED} while another one is under way
     */
    public DryRun dryRun(Caller caller, JobRequest request) {
        check(caller, request);
        if (!dryRuns.tryAcquire()) {
            throw RefusedException.overloaded("Another dry run is under way.", RETRY);
        }
        JobFolder place = JobFolder.of(folder, "dry-run-" + UUID.randomUUID());
        try {
            Inspection found =
                    inspector.inspect(
                            caller.tenant(), specification(request, drawnSeed(request)), place);
            return new DryRun(
                    found.report(),
                    found.estimate(),
                    found.estimate().flatMap(estimate -> pace(request.model(), estimate)));
        } finally {
            place.delete();
            dryRuns.release();
        }
    }

    private Optional<DryRun.Pace> pace(String base, TrainingEstimate estimate) {
        return journal.pace(base, PACE_JOBS)
                .map(
                        pace ->
                                new DryRun.Pace(
                                        pace.tokensPerSecond(),
                                        estimate.trainedTokens() / pace.tokensPerSecond(),
                                        pace.jobs()));
    }

    private void check(Caller caller, JobRequest request) {
        if (!bases.names().contains(request.model())) {
            throw InvalidInputException.ofField(
                    ErrorCode.BASE_NOT_FOUND,
                    "model",
                    "the base is not one of this service's",
                    "Name one of: " + String.join(", ", bases.names()) + ".");
        }
        requireRows(caller, request.trainingFile(), "training_file");
        request.validationFile().ifPresent(id -> requireRows(caller, id, "validation_file"));
        TuningFault.require(
                request.hyperparameters().earlyStopping().isEmpty()
                        || request.validationFile().isPresent(),
                "early_stopping",
                "needs a validation_file");
        TuningFault.require(
                request.priority() <= 0 || caller.may(Scope.ADMIN),
                "priority",
                "only administrators may give more than 0");
    }

    private void requireRows(Caller caller, String id, String field) {
        StoredFile file;
        try {
            file = files.get(caller.tenant(), id);
        } catch (InvalidInputException e) {
            throw InvalidInputException.ofField(
                    ErrorCode.FILE_NOT_FOUND, field, "there is no such file", e.remedy());
        }
        TuningFault.require(
                file.purpose() == FilePurpose.FINE_TUNE,
                field,
                "must be a file of the purpose " + FilePurpose.FINE_TUNE.word());
    }

    private static long drawnSeed(JobRequest request) {
        return request.seed().orElseGet(() -> ThreadLocalRandom.current().nextInt(1 << 30));
    }

    private JobSpecification specification(JobRequest request, long seed) {
        return new JobSpecification(
                request.model(),
                request.trainingFile(),
                request.validationFile(),
                request.suffix(),
                seed,
                threads,
                request.hyperparameters());
    }

    private NewJob.Idempotency idempotency(IdempotencyKey key, JobRequest request) {
        String words =
                specification(request, request.seed().orElse(-1)).json()
                        + request.priority()
                        + new TreeMap<>(request.metadata());
        return new NewJob.Idempotency(key.text(), sha256(words));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
