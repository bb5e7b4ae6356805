package dev.ortune.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.database.Database;
import dev.ortune.database.TestDatabases;
import dev.ortune.error.DeniedException;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in as whom, in every state that a service may be in. */
class GatekeeperTest {

    private static final String ADMIN_KEY = "0123456789abcdefghij";
    private static final Visitor HERE = new Visitor(Optional.empty(), true);
    private static final Visitor ELSEWHERE = new Visitor(Optional.empty(), false);

    @TempDir private Path folder;
    private Instant now = Instant.parse("2026-01-02T03:04:05Z");
    private final Queue<Runnable> work = new ArrayDeque<>();
    private Database database;
    private ApiKeyStore store;

    @BeforeEach
    void open() {
        database = TestDatabases.h2(folder);
        store = new ApiKeyStore(database.statements(), () -> now);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void withoutAKeyThisMachineIsLetInAndNobodyElse() {
        Gatekeeper gatekeeper = gatekeeper(records());
        assertThat(enter(gatekeeper, HERE)).isEqualTo(Caller.local());
        assertThat(gatekeeper.describe()).contains("Open to this machine only, until a key exists");
        assertThatThrownBy(() -> enter(gatekeeper, ELSEWHERE))
                .isInstanceOfSatisfying(
                        DeniedException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.UNAUTHENTICATED);
                            assertThat(e.remedy()).contains("keys create", "ORTUNE_ADMIN_KEY");
                        });
        assertThatThrownBy(() -> enter(gatekeeper, bearer("anything", false)))
                .hasMessageContaining("no key yet");
    }

    @Test
    void withoutAKeyWhateverAClientSendsAsItsKeyMeansNothing() {
        assertThat(enter(gatekeeper(records()), bearer("none", true))).isEqualTo(Caller.local());
    }

    @Test
    void onceAKeyExistsThisMachineNeedsOneToo() {
        CreatedApiKey created = store.create(key(Scope.INFER));
        Gatekeeper gatekeeper = gatekeeper(records());
        assertThatThrownBy(() -> enter(gatekeeper, HERE)).hasMessageContaining("has no key");
        Caller caller = enter(gatekeeper, bearer(created.secret().text(), false));
        assertThat(caller.tenant()).isEqualTo("acme");
        assertThat(caller.name()).isEqualTo("ci (" + created.key().id() + ")");
        assertThat(caller.scopes()).containsExactly(Scope.INFER);
        assertThat(gatekeeper.describe()).isEqualTo("Access by API keys (1)");
    }

    @Test
    void onlyBearerCredentialsCount() {
        String secret = store.create(key(Scope.INFER)).secret().text();
        Gatekeeper gatekeeper = gatekeeper(records());
        for (String authorization :
                new String[] {secret, "Basic " + secret, "Bearer", "Bearer ", "Bearer" + secret}) {
            assertThatThrownBy(
                            () -> enter(gatekeeper, new Visitor(Optional.of(authorization), true)))
                    .as(authorization)
                    .isInstanceOf(DeniedException.class);
        }
        assertThat(enter(gatekeeper, new Visitor(Optional.of("bearer  " + secret), false)).tenant())
                .isEqualTo("acme");
    }

    @Test
    void aRevokedKeyDoesNotOpenTheServiceAgain() {
        RecentRecords records = records();
        Gatekeeper gatekeeper = gatekeeper(records);
        ApiKeys keys = new ApiKeys(store, records, gatekeeper);
        CreatedApiKey created = keys.create(Caller.local(), admin());
        assertThat(enter(gatekeeper, bearer(created.secret().text(), false)).isOperator()).isTrue();
        keys.revoke(Caller.local(), created.key().id());
        assertThatThrownBy(() -> enter(gatekeeper, bearer(created.secret().text(), true)))
                .hasMessageContaining("revoked");
        assertThatThrownBy(() -> enter(gatekeeper, HERE)).hasMessageContaining("has no key");
    }

    @Test
    void anExpiredKeyIsToldSo() {
        NewApiKey wanted =
                new NewApiKey("acme", "ci", Set.of(Scope.INFER), Optional.of(now.plusSeconds(60)));
        CreatedApiKey created = store.create(wanted);
        Gatekeeper gatekeeper = gatekeeper(records());
        Visitor visitor = bearer(created.secret().text(), false);
        assertThat(enter(gatekeeper, visitor).tenant()).isEqualTo("acme");
        now = now.plusSeconds(60);
        assertThatThrownBy(() -> enter(gatekeeper, visitor))
                .hasMessageContaining(created.key().id() + " has expired");
    }

    @Test
    void aKeyThatAnotherProcessMadeIsFoundWithinASecondAndOneItRevokedIsGoneAfterTen() {
        store.create(key(Scope.INFER));
        Gatekeeper gatekeeper = gatekeeper(records());
        CreatedApiKey later = store.create(key(Scope.TRAIN));
        Visitor visitor = bearer(later.secret().text(), false);
        assertThatThrownBy(() -> enter(gatekeeper, visitor)).hasMessageContaining("not known");
        now = now.plus(RecentRecords.SHORT_LIFETIME);
        CompletableFuture<Caller> identity = gatekeeper.identify(visitor).toCompletableFuture();
        assertThat(identity).isNotDone();
        runAll();
        assertThat(identity.join().scopes()).containsExactly(Scope.TRAIN);

        store.revoke(Optional.empty(), later.key().id());
        assertThat(enter(gatekeeper, visitor).tenant()).isEqualTo("acme");
        now = now.plus(RecentRecords.LIFETIME);
        assertThatThrownBy(() -> enter(gatekeeper, visitor)).hasMessageContaining("revoked");
    }

    @Test
    void requestsWithKnownKeysDoNotTouchTheDatabase() {
        Visitor visitor = bearer(store.create(key(Scope.INFER)).secret().text(), false);
        Gatekeeper gatekeeper = gatekeeper(records());
        enter(gatekeeper, visitor);
        work.clear();
        database.close();
        assertThat(gatekeeper.identify(visitor).toCompletableFuture().join().tenant())
                .isEqualTo("acme");
        assertThat(work).isEmpty();
    }

    @Test
    void whoeverFindsTheKeysAFewSecondsOldHasThemReadAnewAndDoesNotWait() {
        CreatedApiKey created = store.create(key(Scope.INFER));
        Visitor visitor = bearer(created.secret().text(), false);
        Gatekeeper gatekeeper = gatekeeper(records());
        store.revoke(Optional.empty(), created.key().id());
        now = now.plus(RecentRecords.REFRESH_AGE);
        assertThat(gatekeeper.identify(visitor).toCompletableFuture()).isCompleted();
        runAll();
        assertThatThrownBy(() -> enter(gatekeeper, visitor)).hasMessageContaining("revoked");
    }

    @Test
    void whileTheDatabaseIsAwayTheLastKeysHoldAndNobodyWaits() {
        Visitor visitor = bearer(store.create(key(Scope.INFER)).secret().text(), false);
        Gatekeeper gatekeeper = gatekeeper(records());
        database.close();
        now = now.plus(Duration.ofMinutes(5));
        assertThat(enter(gatekeeper, visitor).tenant()).isEqualTo("acme");
        assertThatThrownBy(() -> enter(gatekeeper, bearer("sk-ortune-unknown", false)))
                .hasMessageContaining("not known");
        now = now.plus(RecentRecords.SHORT_LIFETIME);
        assertThat(gatekeeper.identify(visitor).toCompletableFuture()).isCompleted();
        assertThat(work).as("it is tried again meanwhile").isNotEmpty();
    }

    @Test
    void aKeysUseIsNotedOnceAMinute() {
        CreatedApiKey created = store.create(key(Scope.INFER));
        Gatekeeper gatekeeper = gatekeeper(records());
        Visitor visitor = bearer(created.secret().text(), false);
        Instant first = now;
        enter(gatekeeper, visitor);
        now = now.plusSeconds(5);
        enter(gatekeeper, visitor);
        assertThat(store.find(created.secret()).orElseThrow().lastUsedAt()).contains(first);
        now = now.plusSeconds(60);
        enter(gatekeeper, visitor);
        assertThat(store.find(created.secret()).orElseThrow().lastUsedAt()).contains(now);
    }

    @Test
    void theConfigurationsKeyIsAnAdminsAndCountsAsAKey() {
        Gatekeeper gatekeeper =
                new Gatekeeper(
                        records(),
                        store,
                        () -> now,
                        work::add,
                        Optional.of(AdminKey.of(ADMIN_KEY)),
                        Optional.empty());
        assertThatThrownBy(() -> enter(gatekeeper, HERE)).hasMessageContaining("has no key");
        assertThat(enter(gatekeeper, bearer(ADMIN_KEY, false)).isOperator()).isTrue();
        assertThatThrownBy(() -> enter(gatekeeper, bearer(ADMIN_KEY + "k", false)))
                .isInstanceOf(DeniedException.class);
        assertThatThrownBy(() -> AdminKey.of("0123456789abcdefghi"))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION));
    }

    @Test
    void whereAnIssuerIsConfiguredEverybodyNeedsACredential() {
        Caller bearer = new Caller("acme", "alice", Set.of(Scope.INFER));
        Gatekeeper gatekeeper =
                new Gatekeeper(
                        records(),
                        store,
                        () -> now,
                        work::add,
                        Optional.empty(),
                        Optional.of(
                                token -> {
                                    if (token.equals("a.b.c")) {
                                        return bearer;
                                    }
                                    throw DeniedException.unauthenticated("No.", "No.");
                                }));
        assertThatThrownBy(() -> enter(gatekeeper, HERE)).hasMessageContaining("has no key");
        assertThat(enter(gatekeeper, bearer("a.b.c", false))).isEqualTo(bearer);
        assertThatThrownBy(() -> enter(gatekeeper, bearer("a.b.d", false)))
                .isInstanceOf(DeniedException.class);
        assertThat(gatekeeper.describe()).isEqualTo("Access by API keys (0) and OIDC tokens");
    }

    @Test
    void theFirstKeyMustBeAbleToMakeOthers() {
        RecentRecords records = records();
        Gatekeeper gatekeeper = gatekeeper(records);
        ApiKeys keys = new ApiKeys(store, records, gatekeeper);
        assertThatThrownBy(() -> keys.create(Caller.local(), key(Scope.INFER)))
                .hasMessageContaining("The first key must have the scope admin");
        keys.create(Caller.local(), admin());
        assertThat(keys.create(Caller.local(), key(Scope.INFER)).key().tenant()).isEqualTo("acme");
    }

    @Test
    void anAdminManagesTheKeysOfItsOwnTenantOnly() {
        RecentRecords records = records();
        ApiKeys keys = new ApiKeys(store, records, gatekeeper(records));
        ApiKey operators = keys.create(Caller.local(), admin()).key();
        ApiKey acmes = keys.create(Caller.local(), key(Scope.ADMIN)).key();
        Caller admin = acmes.holder();
        NewApiKey others = new NewApiKey("umbrella", "x", Set.of(Scope.INFER), Optional.empty());
        assertThatThrownBy(() -> keys.create(admin, others))
                .isInstanceOfSatisfying(
                        DeniedException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.FORBIDDEN));
        assertThatThrownBy(() -> keys.revoke(admin, operators.id()))
                .hasMessageContaining("There is no key");
        assertThatThrownBy(() -> keys.list(admin, Optional.of("default")))
                .isInstanceOf(DeniedException.class);
        assertThat(keys.list(admin, Optional.empty())).containsExactly(acmes);
        assertThat(keys.list(operators.holder(), Optional.empty()))
                .containsExactly(operators, acmes);
        assertThat(keys.list(operators.holder(), Optional.of("acme"))).containsExactly(acmes);
    }

    private Caller enter(Gatekeeper gatekeeper, Visitor visitor) {
        CompletableFuture<Caller> identity = gatekeeper.identify(visitor).toCompletableFuture();
        runAll();
        try {
            return identity.join();
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    private void runAll() {
        while (!work.isEmpty()) {
            work.remove().run();
        }
    }

    private RecentRecords records() {
        return new RecentRecords(
                database.statements(),
                work::add,
                () -> Duration.between(Instant.EPOCH, now).toNanos());
    }

    private Gatekeeper gatekeeper(RecentRecords records) {
        return new Gatekeeper(
                records, store, () -> now, work::add, Optional.empty(), Optional.empty());
    }

    private static Visitor bearer(String credential, boolean isOnThisMachine) {
        return new Visitor(Optional.of("Bearer " + credential), isOnThisMachine);
    }

    private static NewApiKey key(Scope scope) {
        return new NewApiKey("acme", "ci", Set.of(scope), Optional.empty());
    }

    private static NewApiKey admin() {
        return new NewApiKey("default", "root", Set.of(Scope.ADMIN), Optional.empty());
    }
}
