package dev.ortune.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.database.Database;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What keys and quotas do on any database. */
abstract class AccessContract {

    private Instant now = Instant.parse("2026-01-02T03:04:05.123456Z");
    private Database database;
    private ApiKeyStore keys;

    /** An empty database. */
    abstract Database database();

    @BeforeEach
    void open() {
        database = database();
        keys = new ApiKeyStore(database.statements(), () -> now);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aKeyIsFoundByItsSecretAlone() {
        Instant end = now.plusSeconds(60);
        CreatedApiKey created =
                keys.create(
                        new NewApiKey(
                                "acme",
                                "web shop",
                                Set.of(Scope.INFER, Scope.TRAIN),
                                Optional.of(end)));
        assertThat(created.secret().text()).matches("sk-ortune-[A-Za-z0-9_-]{43}");
        assertThat(created.key().id()).matches("key_[a-z2-7]{26}");
        assertThat(created.key().scopes()).containsExactlyInAnyOrder(Scope.INFER, Scope.TRAIN);
        assertThat(created.key().createdAt()).isEqualTo(now);
        assertThat(created.key().expiresAt()).contains(end);
        assertThat(created.key().lastUsedAt()).isEmpty();
        assertThat(created.key().revokedAt()).isEmpty();
        assertThat(keys.find(created.secret())).contains(created.key());
        assertThat(keys.find(new ApiKeySecret(created.secret().text() + "A"))).isEmpty();
    }

    @Test
    void aSecretStandsNowhereInTheDatabase() {
        CreatedApiKey created = keys.create(key("acme", "a"));
        List<String> row =
                database.statements()
                        .withHandle(
                                handle ->
                                        handle
                                                .createQuery("select * from api_key")
                                                .mapToMap()
                                                .one()
                                                .values()
                                                .stream()
                                                .map(String::valueOf)
                                                .toList());
        String random = created.secret().text().substring("sk-ortune-".length());
        assertThat(row).noneMatch(value -> value.contains(random));
        assertThat(row).contains(created.secret().sha256());
        assertThat(created).hasToString(created.toString()).asString().doesNotContain(random);
    }

    @Test
    void listsHoldOneTenantsKeysOrAllInTheOrderOfTheirCreation() {
        ApiKey first = keys.create(key("acme", "first")).key();
        ApiKey other = keys.create(key("umbrella", "other")).key();
        ApiKey second = keys.create(key("acme", "second")).key();
        assertThat(keys.list(Optional.of("acme"))).containsExactly(first, second);
        assertThat(keys.list(Optional.of("nobody"))).isEmpty();
        assertThat(keys.list(Optional.empty())).containsExactly(first, other, second);
    }

    @Test
    void aRevokedKeyStaysRevokedSinceTheFirstTime() {
        CreatedApiKey created = keys.create(key("acme", "a"));
        Instant revoked = now;
        assertThat(keys.revoke(Optional.of("acme"), created.key().id()).revokedAt())
                .contains(revoked);
        now = now.plusSeconds(5);
        assertThat(keys.revoke(Optional.empty(), created.key().id()).revokedAt()).contains(revoked);
        assertThat(keys.find(created.secret()).orElseThrow().revokedAt()).contains(revoked);
        AccessRecords records = database.statements().withHandle(AccessRecords::read);
        assertThat(records.key(created.secret())).isEmpty();
        assertThat(records.hasHadKey()).isTrue();
    }

    @Test
    void aTenantCannotRevokeAnotherOnesKey() {
        ApiKey key = keys.create(key("acme", "a")).key();
        assertThatThrownBy(() -> keys.revoke(Optional.of("umbrella"), key.id()))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.KEY_NOT_FOUND));
        assertThatThrownBy(() -> keys.revoke(Optional.empty(), "key_none"))
                .hasMessageContaining("There is no key key_none");
        assertThat(keys.list(Optional.of("acme")).get(0).revokedAt()).isEmpty();
    }

    @Test
    void aUseIsNoted() {
        ApiKey key = keys.create(key("acme", "a")).key();
        keys.used(key.id(), now.plusSeconds(7));
        assertThat(keys.list(Optional.empty()).get(0).lastUsedAt()).contains(now.plusSeconds(7));
    }

    @Test
    void aKeyThatHasExpiredAlreadyIsNotCreated() {
        NewApiKey wanted = new NewApiKey("acme", "a", Set.of(Scope.INFER), Optional.of(now));
        assertThatThrownBy(() -> keys.create(wanted)).hasMessageContaining("expires_at");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Acme", "-acme", "a_b", "ä", "a/b", "a b"})
    void whatIsNoTenantsNameIsRefused(String name) {
        assertThatThrownBy(() -> key(name, "a"))
                .isInstanceOfSatisfying(
                        InvalidInputException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
        assertThatThrownBy(() -> Tenants.require("a".repeat(64))).hasMessageContaining("tenant");
        assertThat(Tenants.isName("a".repeat(63))).isTrue();
    }

    @Test
    void aKeyNeedsANameAndAScope() {
        assertThatThrownBy(() -> key("acme", " ")).hasMessageContaining("name");
        assertThatThrownBy(() -> key("acme", "a\nb")).hasMessageContaining("name");
        assertThatThrownBy(() -> key("acme", "a".repeat(65))).hasMessageContaining("name");
        assertThatThrownBy(() -> new NewApiKey("acme", "a", Set.of(), Optional.empty()))
                .hasMessageContaining("scopes");
    }

    @Test
    void aQuotaTakesTheOtherOnesPlace() {
        QuotaStore quotas = new QuotaStore(database.statements());
        assertThat(quotas.get("acme")).isEqualTo(Quota.unlimited());
        Quota first =
                new Quota(
                        OptionalInt.of(2),
                        OptionalLong.of(3_000_000_000L),
                        OptionalLong.empty(),
                        OptionalDouble.of(0.5));
        quotas.put("acme", first);
        assertThat(quotas.get("acme")).isEqualTo(first);
        Quota second =
                new Quota(
                        OptionalInt.empty(),
                        OptionalLong.empty(),
                        OptionalLong.of(7),
                        OptionalDouble.empty());
        quotas.put("acme", second);
        assertThat(quotas.get("acme")).isEqualTo(second);
        assertThat(quotas.get("umbrella")).isEqualTo(Quota.unlimited());
        assertThat(database.statements().withHandle(AccessRecords::read).quota("acme", first))
                .isEqualTo(
                        new Quota(
                                OptionalInt.of(2),
                                OptionalLong.of(3_000_000_000L),
                                OptionalLong.of(7),
                                OptionalDouble.of(0.5)));
    }

    private static NewApiKey key(String tenant, String name) {
        return new NewApiKey(tenant, name, Set.of(Scope.INFER), Optional.empty());
    }
}
