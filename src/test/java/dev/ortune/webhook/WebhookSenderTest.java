package dev.ortune.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Real senders, a real database and a real web server; only the schedule is short. */
@Timeout(60)
class WebhookSenderTest {

    private static final InstantSource CLOCK = InstantSource.system();
    private static final SenderSettings SETTINGS = settings(Duration.ZERO);
    private static final TargetPolicy ANYWHERE = TargetPolicy.allowPrivateAddresses();

    @TempDir private Path folder;
    private JdbcConnectionPool pool;
    private Jdbi database;
    private WebhookStore store;
    private WebhookOutbox outbox;
    private Receiver receiver;
    private final List<WebhookSender> senders = new ArrayList<>();

    @BeforeEach
    void open() throws IOException {
        pool =
                JdbcConnectionPool.create(
                        "jdbc:h2:file:" + folder.resolve("webhooks") + ";MODE=PostgreSQL",
                        "ortune",
                        "");
        Flyway.configure().dataSource(pool).locations("classpath:db/migration").load().migrate();
        database = Jdbi.create(pool);
        store = new WebhookStore(database, CLOCK, ANYWHERE);
        outbox = new WebhookOutbox(CLOCK);
        receiver = new Receiver();
    }

    @AfterEach
    void close() {
        senders.forEach(WebhookSender::close);
        receiver.close();
        pool.dispose();
    }

    @Test
    void whatFailsIsSentAgainUntilItSucceeds() {
        EndpointSecret created = endpoint(receiver.answering("/hooks", 500, 404, 204));
        String id = created.endpoint().id();
        start();
        add();
        await(() -> only(id).state() == WebhookDelivery.State.DELIVERED);
        WebhookDelivery delivery = only(id);
        assertThat(delivery.attempts()).isEqualTo(3);
        assertThat(delivery.lastStatus()).contains(204);
        assertThat(delivery.lastError()).isEmpty();
        List<Receiver.Received> attempts = receiver.to("/hooks");
        assertThat(attempts).hasSize(3);
        assertThat(attempts)
                .extracting(attempt -> attempt.header("webhook-id"))
                .containsOnly(delivery.id());
        assertThat(attempts).extracting(Receiver.Received::body).doesNotContain("").hasSize(3);
        assertThat(attempts.get(2).body()).isEqualTo(attempts.get(0).body());
        // More than a second apart, so each attempt has its own time and signature.
        assertThat(attempts.get(1).header("webhook-timestamp"))
                .isGreaterThan(attempts.get(0).header("webhook-timestamp"));
        for (Receiver.Received attempt : attempts) {
            assertThat(attempt.header("webhook-signature"))
                    .isEqualTo(
                            created.secret()
                                    .sign(
                                            delivery.id(),
                                            Long.parseLong(attempt.header("webhook-timestamp")),
                                            attempt.body().getBytes(StandardCharsets.UTF_8)));
        }
    }

    @Test
    void anEndpointThatIsGoneIsDisabled() {
        String id = endpoint(receiver.answering("/hooks", 410)).endpoint().id();
        add();
        add();
        start();
        await(() -> store.get("a", id).disabledReason().isPresent());
        assertThat(receiver.to("/hooks")).hasSize(1);
        assertThat(store.deliveries("a", id, 10))
                .extracting(WebhookDelivery::state)
                .containsOnly(WebhookDelivery.State.FAILED);
    }

    @Test
    void aSlowEndpointHoldsUpOnlyItselfAndGetsOneRequestAtATime() {
        CountDownLatch over = new CountDownLatch(1);
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        endpoint(
                receiver.at(
                        "/slow",
                        (exchange, number) -> {
                            most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                            awaitQuietly(over);
                            atOnce.decrementAndGet();
                            exchange.sendResponseHeaders(200, -1);
                            exchange.close();
                        }));
        String fast = endpoint(receiver.answering("/fast", 200)).endpoint().id();
        for (int i = 0; i < 8; i++) {
            add();
        }
        start();
        await(() -> delivered(fast) == 8);
        assertThat(receiver.to("/slow")).hasSize(1);
        over.countDown();
        await(() -> receiver.to("/slow").size() == 8);
        assertThat(most).hasValue(1);
        assertThat(receiver.to("/fast")).hasSize(8);
    }

    @Test
    void severalSendersShareTheWorkAndSendEverythingOnce() {
        List<String> ids =
                List.of("/0", "/1", "/2", "/3", "/4").stream()
                        .map(path -> endpoint(receiver.answering(path, 200)).endpoint().id())
                        .toList();
        start();
        start();
        for (int i = 0; i < 10; i++) {
            add();
        }
        await(() -> ids.stream().mapToLong(this::delivered).sum() == 50);
        List<String> sent = receiver.to("/").stream().map(one -> one.header("webhook-id")).toList();
        assertThat(sent).hasSize(50).doesNotHaveDuplicates();
    }

    @Test
    void aDatabaseThatIsAwayForAWhileIsAskedAgain() throws Exception {
        pool.setMaxConnections(1);
        pool.setLoginTimeout(1);
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        String id =
                endpoint(
                                receiver.at(
                                        "/hooks",
                                        (exchange, number) -> {
                                            asked.countDown();
                                            awaitQuietly(answer);
                                            exchange.sendResponseHeaders(200, -1);
                                            exchange.close();
                                        }))
                        .endpoint()
                        .id();
        add();
        start();
        asked.await();
        // Nobody gets a connection meanwhile, not even to write down what was answered.
        Connection taken = pool.getConnection();
        answer.countDown();
        pause(2500);
        taken.close();
        await(() -> delivered(id) == 1);
        add();
        await(() -> delivered(id) == 2);
        assertThat(receiver.to("/hooks")).hasSize(2);
    }

    @Test
    void closingWaitsForWhatIsUnderWay() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        String id =
                endpoint(
                                receiver.at(
                                        "/hooks",
                                        (exchange, number) -> {
                                            asked.countDown();
                                            pause(500);
                                            exchange.sendResponseHeaders(200, -1);
                                            exchange.close();
                                        }))
                        .endpoint()
                        .id();
        add();
        WebhookSender sender = start();
        asked.await();
        sender.close();
        assertThat(delivered(id)).isEqualTo(1);
        add();
        pause(100);
        assertThat(receiver.to("/hooks")).hasSize(1);
    }

    @Test
    void privateAddressesAreRefusedAtDelivery() {
        String id = endpoint(receiver.answering("/hooks", 200)).endpoint().id();
        add();
        start(TargetPolicy.publicOnly());
        await(() -> only(id).state() == WebhookDelivery.State.FAILED);
        assertThat(only(id).attempts()).isEqualTo(4);
        assertThat(only(id).lastError().orElseThrow()).contains("not of the open internet");
        assertThat(receiver.to("/hooks")).isEmpty();
    }

    @Test
    void nothingIsSentWhileASenderRestsAndClosingDoesNotWaitForThat() throws Exception {
        endpoint(receiver.answering("/hooks", 204));
        add();
        WebhookSender resting =
                new WebhookSender(database, CLOCK, ANYWHERE, settings(Duration.ofHours(1)));
        Thread.sleep(1500);
        resting.close();
        assertThat(receiver.to("/hooks")).isEmpty();
    }

    private static SenderSettings settings(Duration rest) {
        return new SenderSettings(
                Duration.ofSeconds(15),
                rest,
                Duration.ofMillis(10),
                Duration.ofSeconds(30),
                3,
                new RetrySchedule(
                        List.of(
                                Duration.ofMillis(1100),
                                Duration.ofMillis(20),
                                Duration.ofMillis(20)),
                        0),
                Duration.ofDays(7));
    }

    private WebhookSender start() {
        return start(ANYWHERE);
    }

    private WebhookSender start(TargetPolicy targets) {
        WebhookSender sender = new WebhookSender(database, CLOCK, targets, SETTINGS);
        senders.add(sender);
        return sender;
    }

    private EndpointSecret endpoint(String url) {
        return store.create(new NewWebhook("a", url, Set.of(), ""));
    }

    private void add() {
        database.useTransaction(
                handle -> outbox.add(handle, "a", WebhookEventType.JOB_SUCCEEDED, "ftjob-1"));
    }

    private WebhookDelivery only(String endpointId) {
        List<WebhookDelivery> all = store.deliveries("a", endpointId, 10);
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private long delivered(String endpointId) {
        return store.deliveries("a", endpointId, 100).stream()
                .filter(one -> one.state() == WebhookDelivery.State.DELIVERED)
                .count();
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            pause(5);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
