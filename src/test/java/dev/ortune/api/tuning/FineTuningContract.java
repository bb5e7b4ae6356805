package dev.ortune.api.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ortune.api.tuning.TuningClient.CheckpointView;
import dev.ortune.api.tuning.TuningClient.DryRunView;
import dev.ortune.api.tuning.TuningClient.EventView;
import dev.ortune.api.tuning.TuningClient.FileView;
import dev.ortune.api.tuning.TuningClient.JobView;
import dev.ortune.api.tuning.TuningClient.Page;
import dev.ortune.api.tuning.TuningClient.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fine-tuning, over every protocol alike; jobs really train, on a tiny base. */
@Timeout(180)
abstract class FineTuningContract {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(120);
    private static final String GOOD = "{\"text\":\"it was good\",\"label\":\"positive\"}\n";
    private static final String BAD = "{\"text\":\"not a fan at all\",\"label\":\"negative\"}\n";
    private static final String ROWS = (GOOD + BAD).repeat(4);

    /** In time for somebody to stop it. */
    private static final String ENDLESS = "{\"n_epochs\":1000,\"batch_size\":1}";

    TuningClient client;

    /** A client of a tenant, or of whoever has no key. */
    abstract TuningClient connect(Optional<String> tenant);

    @BeforeEach
    void connect() {
        client = connect(Optional.empty());
    }

    @AfterEach
    void disconnect() {
        client.close();
    }

    @Test
    void aJobTrainsAModelThatAnswers() {
        String training = client.upload("reviews.jsonl", ROWS);
        String validation = client.upload("more.jsonl", GOOD + BAD);
        JobView created =
                client.create(
                        "{\"model\":\"distilbert-tiny\",\"suffix\":\"tiny\",\"seed\":7,"
                                + ("\"training_file\":\"" + training + "\",")
                                + ("\"validation_file\":\"" + validation + "\",")
                                + "\"hyperparameters\":{\"n_epochs\":3,\"lora\":{\"r\":2}}}",
                        Optional.empty());
        assertThat(created.status()).isEqualTo("validating_files");
        assertThat(created.seed()).isEqualTo(7);
        assertThat(created.epochs()).isEqualTo(3);

        List<EventView> events = client.follow(created.id());
        JobView job = client.job(created.id());
        assertThat(job.status()).as(events.toString()).isEqualTo("succeeded");
        assertThat(job.step()).isEqualTo(6);
        assertThat(events.get(0).message()).isEqualTo("Job created, validating files.");
        assertThat(events).extracting(EventView::message).anyMatch(it -> it.contains("Epoch 3"));
        assertThat(events)
                .extracting(EventView::id)
                .isEqualTo(numbered(created.id(), events.size()));

        String model = job.model().orElseThrow();
        assertThat(model).startsWith("ft-tiny-");
        assertThat(client.classify(model, "it was good")).isIn("positive", "negative");
        List<CheckpointView> checkpoints = all(after -> client.checkpoints(job.id(), after, 2));
        assertThat(checkpoints).extracting(CheckpointView::epoch).containsExactly(3, 2, 1);
        assertThat(checkpoints).extracting(CheckpointView::step).containsExactly(6, 4, 2);
        assertThat(client.classify(checkpoints.get(0).model().orElseThrow(), "a")).isNotEmpty();
        assertThat(client.steps(job.id(), 4, 1))
                .satisfies(page -> assertThat(page.hasMore()).isTrue())
                .extracting(page -> page.elements().get(0).step())
                .isEqualTo(5);
        assertThat(client.steps(job.id(), 0, 100).elements())
                .hasSize(6)
                .allMatch(step -> Double.isFinite(step.loss()));
        List<EventView> listed = all(after -> client.events(job.id(), after, 3));
        Collections.reverse(listed);
        assertThat(listed).isEqualTo(events);
        assertThat(job.resultFiles().stream().map(client::file).map(FileView::name))
                .containsExactlyInAnyOrder("validation_report.json", "step_metrics.csv");
        assertThat(job.resultFiles().stream().map(client::content))
                .anyMatch(content -> content.startsWith("step,epoch,train_loss"));
    }

    @Test
    void aFaultyRowIsNamedAndFailsTheJob() {
        String file = client.upload("reviews.jsonl", GOOD + BAD + "{\"text\":\"a\"}\n" + GOOD);
        JobView created = client.create(body(file), Optional.empty());
        List<EventView> events = client.follow(created.id());
        JobView job = client.job(created.id());
        assertThat(job.status()).isEqualTo("failed");
        assertThat(job.errorCode()).contains("INVALID_TRAINING_FILE");
        assertThat(job.errorMessage().orElseThrow()).containsIgnoringCase("row 3");
        assertThat(job.model()).isEmpty();
        assertThat(events)
                .filteredOn(event -> event.level().equals("error"))
                .extracting(EventView::message)
                .anyMatch(message -> message.toLowerCase(Locale.ROOT).contains("row 3"));
        assertThat(job.resultFiles().stream().map(client::content))
                .singleElement()
                .asString()
                .contains("faulty_row");
    }

    @Test
    void aDryRunTellsWhatWouldBecomeOfAJobAndCreatesNone() {
        Map<String, String> note = Map.of("run", UUID.randomUUID().toString());
        String good = client.upload("reviews.jsonl", ROWS);
        DryRunView valid = client.dryRun(body(good, note));
        assertThat(valid.valid()).isTrue();
        assertThat(valid.totalSteps()).isEqualTo(20);
        assertThat(valid.findings()).isNotEmpty();
        DryRunView faulty =
                client.dryRun(body(client.upload("a.jsonl", GOOD + BAD + "{\"text\":3}\n"), note));
        assertThat(faulty.valid()).isFalse();
        assertThat(faulty.findings().get(0)).containsIgnoringCase("row 3");
        assertThat(client.jobs(Optional.empty(), 20, note).elements()).isEmpty();
    }

    @Test
    void aRunningJobIsPausedAndGoesOnAndIsCancelled() {
        JobView created =
                client.create(
                        body(client.upload("reviews.jsonl", ROWS), Map.of(), ENDLESS),
                        Optional.empty());
        await(created.id(), job -> job.step() > 10);
        client.pause(created.id());
        JobView paused = await(created.id(), job -> job.status().equals("paused"));
        assertThat(paused.checkpointStep()).isPositive();
        assertThat(refusal(() -> client.pause(created.id())).code()).isEqualTo("JOB_STATUS");

        assertThat(client.resume(created.id()).status()).isEqualTo("queued");
        await(created.id(), job -> job.step() > paused.checkpointStep() + 10);
        client.cancel(created.id());
        await(created.id(), job -> job.status().equals("cancelled"));
        assertThat(client.cancel(created.id()).status()).isEqualTo("cancelled");
        assertThat(refusal(() -> client.resume(created.id())).code()).isEqualTo("JOB_STATUS");
        assertThat(client.follow(created.id()))
                .extracting(EventView::message)
                .contains("Pause asked for.", "Job resumed, queued.", "Cancellation asked for.");
    }

    @Test
    void aRequestThatComesAgainFindsItsJob() {
        String file = client.upload("reviews.jsonl", ROWS);
        Optional<String> key = Optional.of("key-" + UUID.randomUUID());
        JobView first = client.create(body(file), key);
        assertThat(client.create(body(file), key).id()).isEqualTo(first.id());
        assertThat(client.create(body(file), Optional.empty()).id()).isNotEqualTo(first.id());
        Refusal refusal =
                refusal(() -> client.create(body(file, Map.of(), "{\"n_epochs\":2}"), key));
        assertThat(refusal.code()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
        cancelAll();
    }

    @Test
    void anIdempotencyKeyIsNotTooLong() {
        Refusal refusal =
                refusal(() -> client.create(body("file-a"), Optional.of("k".repeat(256))));
        assertThat(refusal.code()).isEqualTo("INVALID_REQUEST");
        assertThat(refusal.field()).isEqualToIgnoringCase(idempotencyField());
        assertThat(refusal).hasMessageContaining("must have 1 to 255 printable characters");
    }

    /** Where idempotency keys stand. */
    abstract String idempotencyField();

    @Test
    void whatIsNotThereIsNamed() {
        String file = client.upload("reviews.jsonl", ROWS);
        Refusal noBase =
                refusal(
                        () ->
                                client.create(
                                        body(file).replace("distilbert-tiny", "gpt"),
                                        Optional.empty()));
        assertThat(noBase.code()).isEqualTo("BASE_NOT_FOUND");
        assertThat(noBase.field()).isEqualTo("model");
        assertThat(noBase).hasMessageContaining("Name one of: distilbert-tiny.");

        Refusal noFile = refusal(() -> client.create(body("file-none"), Optional.empty()));
        assertThat(noFile.code()).isEqualTo("FILE_NOT_FOUND");
        assertThat(noFile.field()).isEqualTo("training_file");

        for (Runnable call :
                List.<Runnable>of(
                        () -> client.file("file-none"),
                        () -> client.content("file-none"),
                        () -> client.deleteFile("file-none"),
                        () -> client.files(Optional.of("file-none"), 5))) {
            assertThat(refusal(call).code()).isEqualTo("FILE_NOT_FOUND");
        }
        for (Runnable call :
                List.<Runnable>of(
                        () -> client.job("ftjob-none"),
                        () -> client.cancel("ftjob-none"),
                        () -> client.pause("ftjob-none"),
                        () -> client.resume("ftjob-none"),
                        () -> client.events("ftjob-none", Optional.empty(), 5),
                        () -> client.checkpoints("ftjob-none", Optional.empty(), 5),
                        () -> client.steps("ftjob-none", 0, 5),
                        () -> client.jobs(Optional.of("ftjob-none"), 5, Map.of()))) {
            assertThat(refusal(call).code()).isEqualTo("JOB_NOT_FOUND");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"model", "training_file"})
    void aFieldThatMustBeThereIsNamed(String field) {
        Refusal refusal =
                refusal(
                        () ->
                                client.create(
                                        body("file-a")
                                                .replaceAll("\"" + field + "\":\"[^\"]*\",?", ""),
                                        Optional.empty()));
        assertThat(refusal.code()).isEqualTo("INVALID_REQUEST");
        assertThat(refusal.field()).isEqualTo(field);
        assertThat(refusal).hasMessageStartingWith(field + ": The field is missing.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "n_epochs; {\"n_epochs\":0}; must be between 1 and 1000, not 0",
                "batch_size; {\"batch_size\":1025}; must be between 1 and 1024",
                "gradient_accumulation_steps; {\"gradient_accumulation_steps\":0}; between 1 and",
                "learning_rate; {\"learning_rate\":-1}; must be a positive number",
                "learning_rate; {\"learning_rate_multiplier\":0}; must be a positive number",
                "warmup_ratio; {\"warmup_ratio\":1.5}; must be between 0 and 1",
                "weight_decay; {\"weight_decay\":-0.1}; must be between 0 and 1",
                "max_grad_norm; {\"max_grad_norm\":-1}; must be a number of at least 0",
                "max_length; {\"max_length\":2}; must be between 3 and",
                "max_steps; {\"max_steps\":0}; must be between 1 and",
                "early_stopping; {\"early_stopping\":{}}; needs a validation_file",
                "early_stopping.patience; {\"early_stopping\":{\"patience\":0}}; between 1 and",
                "early_stopping.min_delta; {\"early_stopping\":{\"min_delta\":-1}}; at least 0",
                "lora.r; {\"lora\":{\"r\":0}}; must be between 1 and 256",
                "lora.alpha; {\"lora\":{\"alpha\":0}}; must be a positive number",
                "lora.dropout; {\"lora\":{\"dropout\":1}}; must be at least 0 and below 1",
                "lora.target_modules; {\"lora\":{\"target_modules\":[\"a b\"]}}; names of layers"
            })
    void aHyperparameterOutOfItsRangeIsNamed(String field, String hyperparameters, String message) {
        String file = client.upload("reviews.jsonl", ROWS);
        Refusal refusal =
                refusal(
                        () ->
                                client.create(
                                        body(file, Map.of(), hyperparameters), Optional.empty()));
        assertThat(refusal.code()).isEqualTo("INVALID_REQUEST");
        assertThat(refusal.field()).isEqualTo(field);
        assertThat(refusal).hasMessageStartingWith(field + ": ").hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "suffix; \"suffix\":\"../a\"; letters, digits, hyphens",
                "seed; \"seed\":-1; must be between 0 and 2147483647",
                "priority; \"priority\":101; -100 and 100",
                "metadata; \"metadata\":{\"\":\"a\"}; must have names"
            })
    void aFieldOutOfItsRangeIsNamed(String field, String json, String message) {
        String file = client.upload("reviews.jsonl", ROWS);
        Refusal refusal =
                refusal(
                        () ->
                                client.create(
                                        body(file).replaceFirst("\\{", "{" + json + ","),
                                        Optional.empty()));
        assertThat(refusal.code()).isEqualTo("INVALID_REQUEST");
        assertThat(refusal.field()).isEqualTo(field);
        assertThat(refusal).hasMessageContaining(message);
    }

    @Test
    void jobsAreListedByPageAndNote() {
        String file = client.upload("reviews.jsonl", ROWS);
        String run = UUID.randomUUID().toString();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Map<String, String> notes = Map.of("run", run, "number", Integer.toString(i % 2));
            ids.add(0, client.create(body(file, notes), Optional.empty()).id());
        }
        assertThat(all(after -> client.jobs(after, 2, Map.of("run", run))))
                .extracting(JobView::id)
                .isEqualTo(ids);
        assertThat(client.jobs(Optional.empty(), 5, Map.of("run", run, "number", "1")).elements())
                .hasSize(2)
                .allSatisfy(job -> assertThat(job.metadata()).containsEntry("number", "1"));
        assertThat(client.jobs(Optional.empty(), 1, Map.of()).elements())
                .extracting(JobView::id)
                .containsExactly(ids.get(0));
        cancelAll();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 100_001})
    void aPageHasALeastAndAMostSize(int limit) {
        for (Runnable call :
                List.<Runnable>of(
                        () -> client.jobs(Optional.empty(), limit, Map.of()),
                        () -> client.files(Optional.empty(), limit))) {
            Refusal refusal = refusal(call);
            assertThat(refusal.field()).isEqualTo("limit");
            assertThat(refusal).hasMessageContaining("must be a whole number from 1 to");
        }
    }

    @Test
    void filesAreKeptListedAndDeleted() {
        String content = (GOOD + "größer\n").repeat(20_000);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ids.add(0, client.upload("rows-" + i + ".jsonl", i == 0 ? content : ""));
        }
        FileView file = client.file(ids.get(2));
        assertThat(file.name()).isEqualTo("rows-0.jsonl");
        assertThat(file.purpose()).isEqualTo("fine-tune");
        assertThat(file.bytes()).isEqualTo(20_000L * (GOOD.length() + 9));
        assertThat(client.content(file.id())).isEqualTo(content);
        assertThat(client.content(ids.get(0))).isEmpty();
        Page<FileView> page = client.files(Optional.empty(), 2);
        assertThat(page.hasMore()).isTrue();
        assertThat(page.elements())
                .extracting(FileView::id)
                .containsExactly(ids.get(0), ids.get(1));
        assertThat(client.files(Optional.of(ids.get(1)), 1).elements()).containsExactly(file);
        client.deleteFile(file.id());
        assertThat(refusal(() -> client.content(file.id())).code()).isEqualTo("FILE_NOT_FOUND");
    }

    @Test
    void aFileBeyondTheLimitIsRefused() {
        Refusal refusal =
                refusal(() -> client.upload("a.csv", "a".repeat(TinyTuning.MAX_UPLOAD_BYTES + 1)));
        assertThat(refusal.code()).isEqualTo("FILE_TOO_LARGE");
    }

    @Test
    void aFileHasAName() {
        assertThat(refusal(() -> client.upload("a/b/", GOOD)).code()).isEqualTo("INVALID_REQUEST");
    }

    private static String body(String file) {
        return body(file, Map.of());
    }

    private static String body(String file, Map<String, String> metadata) {
        return body(file, metadata, "{}");
    }

    private static String body(String file, Map<String, String> metadata, String hyperparameters) {
        List<String> notes = new ArrayList<>();
        metadata.forEach((name, note) -> notes.add("\"" + name + "\":\"" + note + "\""));
        String extra = notes.isEmpty() ? "" : "\"metadata\":{" + String.join(",", notes) + "},";
        return "{"
                + extra
                + "\"model\":\"distilbert-tiny\",\"training_file\":\""
                + file
                + "\",\"hyperparameters\":"
                + hyperparameters
                + "}";
    }

    /** Leaves the machine to the tests to come. */
    private void cancelAll() {
        for (JobView job : client.jobs(Optional.empty(), 100, Map.of()).elements()) {
            if (!List.of("succeeded", "failed", "cancelled").contains(job.status())) {
                client.cancel(job.id());
            }
        }
    }

    private JobView await(String id, Predicate<JobView> condition) {
        Instant deadline = Instant.now().plus(LONGEST_WAIT);
        JobView job = client.job(id);
        while (!condition.test(job)) {
            assertThat(Instant.now()).as(job.toString()).isBefore(deadline);
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            job = client.job(id);
        }
        return job;
    }

    /** Events' ids from the first to a last one. */
    private static List<String> numbered(String jobId, int events) {
        String prefix = "ftevent-" + jobId.substring("ftjob-".length()) + "-";
        return Stream.iterate(1, number -> number + 1)
                .limit(events)
                .map(number -> prefix + number)
                .toList();
    }

    /** Gives the part of a list that comes after an element. */
    @FunctionalInterface
    private interface Listing<T> {
        Page<T> after(Optional<String> id);
    }

    /** A whole list, page by page. */
    private static <T> List<T> all(Listing<T> listing) {
        List<T> all = new ArrayList<>();
        Optional<String> after = Optional.empty();
        Page<T> page;
        do {
            page = listing.after(after);
            all.addAll(page.elements());
            after = Optional.of(id(all.get(all.size() - 1)));
        } while (page.hasMore());
        return all;
    }

    private static String id(Object element) {
        if (element instanceof JobView job) {
            return job.id();
        }
        return element instanceof EventView event ? event.id() : ((CheckpointView) element).id();
    }

    static Refusal refusal(Runnable call) {
        return Optional.ofNullable(catchThrowableOfType(Refusal.class, call::run)).orElseThrow();
    }
}
