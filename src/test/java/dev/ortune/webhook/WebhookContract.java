package dev.ortune.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import dev.ortune.job.Capacity;
import dev.ortune.job.ClaimPolicy;
import dev.ortune.job.Job;
import dev.ortune.job.JobFailure;
import dev.ortune.job.JobOutcome;
import dev.ortune.job.JobQueue;
import dev.ortune.job.JobStore;
import dev.ortune.job.NewJob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What webhooks do on any database, short of sending. */
@Timeout(60)
abstract class WebhookContract {

    private static final Duration LEASE = Duration.ofSeconds(60);
    private static final SenderSettings SETTINGS =
            new SenderSettings(
                    Duration.ofSeconds(15),
                    Duration.ZERO,
                    Duration.ofSeconds(1),
                    LEASE,
                    4,
                    new RetrySchedule(List.of(Duration.ofSeconds(5), Duration.ofMinutes(5)), 0),
                    Duration.ofDays(7));
    private static final Reply OK = new Reply.Answer(204, Optional.empty());
    private static final Reply BROKEN = new Reply.Answer(500, Optional.empty());

    private Instant now = Instant.parse("2026-01-02T03:04:05.123456Z");
    private Jdbi database;
    private WebhookStore store;
    private WebhookOutbox outbox;
    private WebhookQueue queue;

    /** An empty database. */
    abstract DataSource database();

    @BeforeEach
    void migrate() {
        DataSource source = database();
        Flyway.configure().dataSource(source).locations("classpath:db/migration").load().migrate();
        database = Jdbi.create(source);
        store = new WebhookStore(database, () -> now, TargetPolicy.allowPrivateAddresses());
        outbox = new WebhookOutbox(() -> now);
        queue = new WebhookQueue(database, () -> now, SETTINGS);
    }

    @Test
    void anEndpointIsCreatedFoundListedAndDeleted() {
        EndpointSecret created =
                store.create(
                        new NewWebhook(
                                "a",
                                "https://example.com/hooks?team=red",
                                Set.of(WebhookEventType.JOB_FAILED, WebhookEventType.JOB_SUCCEEDED),
                                "the red team's"));
        WebhookEndpoint endpoint = created.endpoint();
        assertThat(endpoint.id()).matches("we_[a-z2-7]{26}");
        assertThat(endpoint.url()).hasToString("https://example.com/hooks?team=red");
        assertThat(endpoint.eventTypes())
                .containsExactlyInAnyOrder(
                        WebhookEventType.JOB_FAILED, WebhookEventType.JOB_SUCCEEDED);
        assertThat(endpoint.description()).isEqualTo("the red team's");
        assertThat(endpoint.createdAt()).isEqualTo(now);
        assertThat(endpoint.disabledReason()).isEmpty();
        // 32 bytes in Base64; shown now and never again.
        assertThat(created.secret().reveal()).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(created).asString().doesNotContain(created.secret().reveal().substring(6));
        assertThat(store.get("a", endpoint.id())).isEqualTo(endpoint);
        WebhookEndpoint other = endpoint("a");
        assertThat(store.list("a")).containsExactly(endpoint, other);
        store.delete("a", endpoint.id());
        assertThat(store.list("a")).containsExactly(other);
        assertThatThrownBy(() -> store.delete("a", endpoint.id()))
                .hasMessageContaining("There is no webhook endpoint");
    }

    @Test
    void aTenantSeesNoOtherTenantsEndpoints() {
        WebhookEndpoint mine = endpoint("a");
        for (Callable<Object> request :
                List.<Callable<Object>>of(
                        () -> store.get("b", mine.id()),
                        () -> store.rotateSecret("b", mine.id()),
                        () -> store.enable("b", mine.id()),
                        () -> store.deliveries("b", mine.id(), 10),
                        () -> {
                            store.delete("b", mine.id());
                            return "deleted";
                        })) {
            assertThatThrownBy(request::call)
                    .isInstanceOfSatisfying(
                            InvalidInputException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.WEBHOOK_NOT_FOUND));
        }
        assertThat(store.list("b")).isEmpty();
        add("b", WebhookEventType.JOB_SUCCEEDED);
        assertThat(queue.claim()).isEmpty();
        assertThat(store.get("a", mine.id())).isEqualTo(mine);
    }

    @Test
    void anAddressInsideIsRefusedAtOnceWhereItIsNotAllowed() {
        WebhookStore strict = new WebhookStore(database, () -> now, TargetPolicy.publicOnly());
        assertThatThrownBy(
                        () -> strict.create(new NewWebhook("a", "http://10.0.0.1/", Set.of(), "")))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST))
                .hasMessageContaining("not of the open internet");
        assertThat(strict.list("a")).isEmpty();
    }

    @Test
    void aTenantHasOnlySoManyEndpoints() {
        for (int i = 0; i < WebhookStore.MOST_ENDPOINTS_PER_TENANT; i++) {
            endpoint("a");
        }
        assertThatThrownBy(() -> endpoint("a"))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.WEBHOOK_LIMIT));
        assertThat(endpoint("b")).isNotNull();
    }

    @Test
    void anEventGoesToThoseThatHearOfIt() {
        WebhookEndpoint all = endpoint("a");
        WebhookEndpoint failures = endpoint("a", WebhookEventType.JOB_FAILED);
        endpoint("a", WebhookEventType.JOB_PAUSED);
        endpoint("b");
        add("a", WebhookEventType.JOB_FAILED);
        List<ClaimedDelivery> sent = claimed();
        assertThat(sent)
                .extracting(ClaimedDelivery::endpointId)
                .containsExactly(all.id(), failures.id());
        assertThat(sent).extracting(ClaimedDelivery::id).doesNotHaveDuplicates();
        assertThat(sent).extracting(ClaimedDelivery::id).allMatch(id -> id.matches("msg_.{26}"));
        assertThat(sent.get(0).body())
                .isEqualTo(sent.get(1).body())
                .matches(
                        "\\{\"id\":\"evt_[a-z2-7]{26}\",\"object\":\"event\",\"created_at\":1767323045,"
                                + "\"type\":\"fine_tuning\\.job\\.failed\","
                                + "\"data\":\\{\"id\":\"ftjob-1\"}}");
    }

    @Test
    void anEventIsSentOnlyIfItsTransactionIsCommitted() {
        endpoint("a");
        assertThatThrownBy(
                        () ->
                                database.useTransaction(
                                        handle -> {
                                            outbox.add(
                                                    handle,
                                                    "a",
                                                    WebhookEventType.JOB_FAILED,
                                                    "ftjob-1");
                                            throw new IllegalStateException("not after all");
                                        }))
                .hasMessage("not after all");
        assertThat(queue.claim()).isEmpty();
    }

    @Test
    void jobsTellHowTheyEndOrPause() {
        endpoint("a");
        JobWebhooks webhooks = new JobWebhooks(outbox);
        JobStore jobs = new JobStore(database, () -> now, webhooks);
        JobQueue work = new JobQueue(database, () -> now, new ClaimPolicy(LEASE, 100, 3), webhooks);
        Job job = job(jobs);
        work.leave(work.claimToValidate("v").orElseThrow().lease(), new JobOutcome.Validated(1, 1));
        jobs.pause("a", job.id());
        jobs.resume("a", job.id());
        work.leave(
                work.claim("w", Capacity.UNLIMITED).orElseThrow().lease(),
                new JobOutcome.Succeeded("m"));
        job(jobs);
        work.leave(
                work.claimToValidate("v").orElseThrow().lease(),
                new JobOutcome.Failed(new JobFailure("DATASET_EMPTY", "no rows")));
        jobs.cancel("a", job(jobs).id());
        List<String> types = new ArrayList<>();
        Optional<ClaimedDelivery> next = queue.claim();
        while (next.isPresent()) {
            types.add(next.get().body().replaceAll(".*\"type\":\"([^\"]*)\".*", "$1"));
            queue.finish(next.get(), OK);
            next = queue.claim();
        }
        assertThat(types)
                .containsExactly(
                        "fine_tuning.job.paused",
                        "fine_tuning.job.succeeded",
                        "fine_tuning.job.failed",
                        "fine_tuning.job.cancelled");
    }

    @Test
    void anEndpointGetsOneDeliveryAtATimeInTheirOrder() {
        WebhookEndpoint endpoint = endpoint("a");
        add("a", WebhookEventType.JOB_PAUSED);
        add("a", WebhookEventType.JOB_SUCCEEDED);
        ClaimedDelivery first = queue.claim().orElseThrow();
        assertThat(first.body()).contains("paused");
        assertThat(queue.claim()).isEmpty();
        assertThat(queue.finish(first, OK)).isTrue();
        ClaimedDelivery second = queue.claim().orElseThrow();
        assertThat(second.body()).contains("succeeded");
        queue.finish(second, OK);
        assertThat(queue.claim()).isEmpty();
        List<WebhookDelivery> deliveries = store.deliveries("a", endpoint.id(), 10);
        assertThat(deliveries)
                .extracting(WebhookDelivery::id)
                .containsExactly(second.id(), first.id());
        assertThat(deliveries.get(1))
                .isEqualTo(
                        new WebhookDelivery(
                                first.id(),
                                endpoint.id(),
                                WebhookEventType.JOB_PAUSED,
                                WebhookDelivery.State.DELIVERED,
                                1,
                                now,
                                Optional.empty(),
                                Optional.of(now),
                                Optional.of(204),
                                Optional.empty()));
    }

    @Test
    void endpointsTakeTurns() {
        WebhookEndpoint one = endpoint("a", WebhookEventType.JOB_PAUSED);
        add("a", WebhookEventType.JOB_PAUSED);
        add("a", WebhookEventType.JOB_PAUSED);
        now = now.plusMillis(1);
        WebhookEndpoint other = endpoint("a", WebhookEventType.JOB_FAILED);
        add("a", WebhookEventType.JOB_FAILED);
        List<String> turns = new ArrayList<>();
        for (int turn = 0; turn < 3; turn++) {
            now = now.plusMillis(1);
            ClaimedDelivery delivery = queue.claim().orElseThrow();
            turns.add(delivery.endpointId());
            queue.finish(delivery, OK);
        }
        assertThat(turns).containsExactly(one.id(), other.id(), one.id());
    }

    @Test
    void aLostSendersDeliveryIsSentAgain() {
        endpoint("a");
        add("a", WebhookEventType.JOB_FAILED);
        ClaimedDelivery lost = queue.claim().orElseThrow();
        now = now.plus(LEASE).minusMillis(1);
        assertThat(queue.claim()).isEmpty();
        now = now.plusMillis(1);
        ClaimedDelivery again = queue.claim().orElseThrow();
        assertThat(again.id()).isEqualTo(lost.id());
        assertThat(again.attempts()).isZero();
        assertThat(queue.finish(lost, BROKEN)).isFalse();
        assertThat(queue.finish(again, OK)).isTrue();
        assertThat(queue.claim()).isEmpty();
    }

    @Test
    void noTwoSendersGetTheSameDeliveryOrEndpoint() throws Exception {
        for (int i = 0; i < 20; i++) {
            endpoint("t" + i % 5);
        }
        for (int i = 0; i < 5; i++) {
            add("t" + i, WebhookEventType.JOB_FAILED);
            add("t" + i, WebhookEventType.JOB_SUCCEEDED);
        }
        Set<String> busy = ConcurrentHashMap.newKeySet();
        List<List<String>> taken =
                inParallel(
                        6,
                        () -> {
                            List<String> own = new ArrayList<>();
                            Optional<ClaimedDelivery> claim = queue.claim();
                            while (claim.isPresent()) {
                                assertThat(busy.add(claim.get().endpointId())).isTrue();
                                own.add(claim.get().id());
                                busy.remove(claim.get().endpointId());
                                assertThat(queue.finish(claim.get(), OK)).isTrue();
                                claim = queue.claim();
                            }
                            return own;
                        });
        List<String> all = new ArrayList<>(taken.stream().flatMap(List::stream).toList());
        // Whoever found all endpoints busy has left before the rest was due again.
        all.addAll(claimed().stream().map(ClaimedDelivery::id).toList());
        assertThat(all).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void aFailureIsTriedAgainByTheScheduleAndThenGivenUp() {
        WebhookEndpoint endpoint = endpoint("a");
        add("a", WebhookEventType.JOB_FAILED);
        fail(BROKEN);
        WebhookDelivery waiting = store.deliveries("a", endpoint.id(), 1).get(0);
        assertThat(waiting.state()).isEqualTo(WebhookDelivery.State.PENDING);
        assertThat(waiting.nextAttemptAt()).contains(now.plusSeconds(5));
        assertThat(waiting.lastStatus()).contains(500);
        assertThat(waiting.lastError()).contains("The endpoint answered 500.");
        now = now.plusSeconds(5).minusMillis(1);
        assertThat(queue.claim()).isEmpty();
        now = now.plusMillis(1);
        fail(new Reply.Silence("No connection could be made."));
        waiting = store.deliveries("a", endpoint.id(), 1).get(0);
        assertThat(waiting.nextAttemptAt()).contains(now.plus(Duration.ofMinutes(5)));
        assertThat(waiting.lastStatus()).isEmpty();
        now = now.plus(Duration.ofMinutes(5));
        fail(BROKEN);
        WebhookDelivery over = store.deliveries("a", endpoint.id(), 1).get(0);
        assertThat(over.state()).isEqualTo(WebhookDelivery.State.FAILED);
        assertThat(over.attempts()).isEqualTo(3);
        assertThat(over.finishedAt()).contains(now);
        now = now.plus(Duration.ofDays(1));
        assertThat(queue.claim()).isEmpty();
        assertThat(store.get("a", endpoint.id()).disabledReason()).isEmpty();
    }

    @Test
    void anEndpointThatAsksForTimeGetsIt() {
        endpoint("a");
        add("a", WebhookEventType.JOB_FAILED);
        fail(new Reply.Answer(503, Optional.of(Duration.ofSeconds(90))));
        add("a", WebhookEventType.JOB_SUCCEEDED);
        now = now.plusSeconds(90).minusMillis(1);
        assertThat(queue.claim()).isEmpty();
        now = now.plusMillis(1);
        fail(new Reply.Answer(429, Optional.empty()));
        assertThat(queue.claim()).isEmpty();
        now = now.plusSeconds(5);
        assertThat(queue.claim()).isPresent();
    }

    @Test
    void anEndpointThatIsGoneIsSentNothingMore() {
        WebhookEndpoint endpoint = endpoint("a");
        add("a", WebhookEventType.JOB_FAILED);
        add("a", WebhookEventType.JOB_SUCCEEDED);
        fail(new Reply.Answer(410, Optional.empty()));
        assertThat(store.get("a", endpoint.id()).disabledReason())
                .contains("The endpoint answered 410.");
        assertThat(store.deliveries("a", endpoint.id(), 10))
                .extracting(WebhookDelivery::state)
                .containsOnly(WebhookDelivery.State.FAILED);
        add("a", WebhookEventType.JOB_PAUSED);
        assertThat(store.deliveries("a", endpoint.id(), 10)).hasSize(2);
        now = now.plusSeconds(10);
        assertThat(store.enable("a", endpoint.id()).disabledReason()).isEmpty();
        add("a", WebhookEventType.JOB_PAUSED);
        assertThat(queue.claim().orElseThrow().body()).contains("paused");
    }

    @Test
    void anOldSecretSignsForADayAfterItsRotation() {
        EndpointSecret first = store.create(webhook("a"));
        String id = first.endpoint().id();
        EndpointSecret second = store.rotateSecret("a", id);
        assertThat(second.endpoint()).isEqualTo(first.endpoint());
        assertThat(secretsOfNextDelivery())
                .containsExactly(second.secret().reveal(), first.secret().reveal());
        EndpointSecret third = store.rotateSecret("a", id);
        assertThat(secretsOfNextDelivery())
                .containsExactly(third.secret().reveal(), second.secret().reveal());
        now = now.plus(WebhookStore.ROTATION).minusMillis(1);
        assertThat(secretsOfNextDelivery()).hasSize(2);
        now = now.plusMillis(1);
        assertThat(secretsOfNextDelivery()).containsExactly(third.secret().reveal());
    }

    @Test
    void aDeletedEndpointIsSentNothingMore() {
        WebhookEndpoint endpoint = endpoint("a");
        add("a", WebhookEventType.JOB_FAILED);
        ClaimedDelivery underWay = queue.claim().orElseThrow();
        store.delete("a", endpoint.id());
        assertThat(queue.finish(underWay, BROKEN)).isFalse();
        now = now.plus(LEASE);
        assertThat(queue.claim()).isEmpty();
        assertThat(rows()).isZero();
    }

    @Test
    void whatIsLongOverIsForgotten() {
        WebhookEndpoint endpoint = endpoint("a");
        add("a", WebhookEventType.JOB_FAILED);
        queue.finish(queue.claim().orElseThrow(), OK);
        add("a", WebhookEventType.JOB_SUCCEEDED);
        // What a transaction adds that did not see its endpoint's deletion.
        database.useHandle(
                handle ->
                        handle.execute(
                                "insert into webhook_delivery (id, endpoint_id, event_type, body,"
                                        + " state, attempts, created_at, next_attempt_at) select"
                                        + " 'msg_orphan', 'we_deleted', event_type, body, 'PENDING', 0,"
                                        + " created_at, created_at from webhook_delivery where state ="
                                        + " 'PENDING'"));
        now = now.plus(SETTINGS.retention());
        queue.purge();
        assertThat(store.deliveries("a", endpoint.id(), 10)).hasSize(2);
        assertThat(rows()).isEqualTo(2);
        now = now.plusMillis(1);
        queue.purge();
        assertThat(store.deliveries("a", endpoint.id(), 10))
                .extracting(WebhookDelivery::state)
                .containsExactly(WebhookDelivery.State.PENDING);
    }

    @Test
    void whatNoEndpointHasIsCounted() {
        endpoint("a");
        assertThat(store.counts()).isEqualTo(WebhookCounts.NONE);
        add("a", WebhookEventType.JOB_FAILED);
        add("a", WebhookEventType.JOB_SUCCEEDED);
        assertThat(store.counts()).isEqualTo(new WebhookCounts(2, 0, 0));
        fail(BROKEN);
        assertThat(store.counts()).isEqualTo(new WebhookCounts(1, 1, 0));
        queue.finish(queue.claim().orElseThrow(), OK);
        assertThat(store.counts()).isEqualTo(new WebhookCounts(0, 1, 0));
        now = now.plus(Duration.ofMinutes(1));
        fail(BROKEN);
        now = now.plus(Duration.ofMinutes(10));
        fail(BROKEN);
        assertThat(store.counts()).isEqualTo(new WebhookCounts(0, 0, 1));
    }

    private WebhookEndpoint endpoint(String tenant, WebhookEventType... types) {
        return store.create(webhook(tenant, types)).endpoint();
    }

    private static NewWebhook webhook(String tenant, WebhookEventType... types) {
        return new NewWebhook(tenant, "https://example.com/hooks", Set.of(types), "");
    }

    private static Job job(JobStore jobs) {
        return jobs.create(new NewJob("a", "b", "{}", Map.of(), 0, Optional.empty()));
    }

    private void add(String tenant, WebhookEventType type) {
        database.useTransaction(handle -> outbox.add(handle, tenant, type, "ftjob-1"));
    }

    private void fail(Reply reply) {
        assertThat(queue.finish(queue.claim().orElseThrow(), reply)).isTrue();
    }

    private List<String> secretsOfNextDelivery() {
        add("a", WebhookEventType.JOB_FAILED);
        ClaimedDelivery delivery = queue.claim().orElseThrow();
        queue.finish(delivery, OK);
        return delivery.secrets().stream().map(WebhookSecret::reveal).toList();
    }

    /** All that is due, one per endpoint. */
    private List<ClaimedDelivery> claimed() {
        List<ClaimedDelivery> all = new ArrayList<>();
        Optional<ClaimedDelivery> next = queue.claim();
        while (next.isPresent()) {
            all.add(next.get());
            next = queue.claim();
        }
        return all;
    }

    private int rows() {
        return database.withHandle(
                handle ->
                        handle.createQuery("select count(*) from webhook_delivery")
                                .mapTo(Integer.class)
                                .one());
    }

    private static <T> List<T> inParallel(int threads, Callable<T> task) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> futures =
                    IntStream.range(0, threads).mapToObj(i -> executor.submit(task)).toList();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }
}
