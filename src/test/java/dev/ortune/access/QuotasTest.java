package dev.ortune.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ortune.database.Database;
import dev.ortune.database.TestDatabases;
import dev.ortune.error.DeniedException;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.RefusedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How much and how often a tenant may ask. */
class QuotasTest {

    private static final Caller ACME = new Caller("acme", "a", Set.of(Scope.INFER));
    private static final Caller UMBRELLA = new Caller("umbrella", "u", Set.of(Scope.INFER));

    @TempDir private Path folder;
    private long nanos;
    private Database database;
    private Quotas quotas;

    @BeforeEach
    void open() {
        database = TestDatabases.h2(folder);
        quotas =
                new Quotas(
                        new QuotaStore(database.statements()),
                        new RecentRecords(database.statements(), Runnable::run, () -> nanos),
                        rate(2));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aTenantMaySendASecondsWorthAtOnceAndThenAtItsRate() {
        RequestRates rates = new RequestRates(quotas, () -> nanos);
        rates.count(ACME);
        rates.count(ACME);
        assertThatThrownBy(() -> rates.count(ACME))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.RATE_LIMITED);
                            assertThat(e.retryAfter()).contains(Duration.ofMillis(500));
                        });
        rates.count(UMBRELLA);
        pass(Duration.ofMillis(499));
        assertThatThrownBy(() -> rates.count(ACME)).isInstanceOf(RefusedException.class);
        pass(Duration.ofMillis(2));
        rates.count(ACME);
        pass(Duration.ofHours(1));
        rates.count(ACME);
        rates.count(ACME);
        assertThatThrownBy(() -> rates.count(ACME)).isInstanceOf(RefusedException.class);
    }

    @Test
    void whatATenantIsGivenHoldsAtOnceAndForItAlone() {
        RequestRates rates = new RequestRates(quotas, () -> nanos);
        quotas.give("acme", rate(0.1));
        rates.count(ACME);
        assertThatThrownBy(() -> rates.count(ACME))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(10)));
        rates.count(UMBRELLA);
        rates.count(UMBRELLA);
        assertThat(quotas.given("umbrella")).isEqualTo(Quota.unlimited());
        assertThat(quotas.of("umbrella")).isEqualTo(rate(2));
    }

    @Test
    void whatExceedsAQuotaIsRefused() {
        Quota quota =
                new Quota(
                        OptionalInt.of(1),
                        OptionalLong.of(10),
                        OptionalLong.of(100),
                        OptionalDouble.empty());
        quota.requireJobs(0);
        quota.requireRows(10);
        quota.requireStorage(60, 40);
        refused(() -> quota.requireJobs(1));
        refused(() -> quota.requireRows(11));
        refused(() -> quota.requireStorage(60, 41));
        assertThatCode(
                        () -> {
                            Quota.unlimited().requireJobs(Integer.MAX_VALUE);
                            Quota.unlimited().requireRows(Long.MAX_VALUE);
                            Quota.unlimited().requireStorage(1, Long.MAX_VALUE - 1);
                        })
                .doesNotThrowAnyException();
    }

    private static void refused(Runnable request) {
        assertThatThrownBy(request::run)
                .isInstanceOfSatisfying(
                        DeniedException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.QUOTA_EXCEEDED));
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private static Quota rate(double requestsPerSecond) {
        return new Quota(
                OptionalInt.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalDouble.of(requestsPerSecond));
    }
}
