package dev.ortune.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.database.Database;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the audit log does on any database. */
abstract class AuditContract {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.123456Z");

    private Database database;
    private AuditLog log;

    /** An empty database. */
    abstract Database database();

    @BeforeEach
    void open() {
        database = database();
        log = new AuditLog(database.statements());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void entriesComeInPagesInTheirOrder() {
        log.add(List.of(event("acme", "/1"), event("umbrella", "/2"), event("acme", "/3")));
        log.add(List.of(event("acme", "/4")));
        AuditPage first = log.after(Optional.empty(), 0, 2);
        assertThat(objects(first)).containsExactly("/1", "/2");
        assertThat(first.hasMore()).isTrue();
        AuditPage last = log.after(Optional.empty(), first.entries().get(1).number(), 2);
        assertThat(objects(last)).containsExactly("/3", "/4");
        assertThat(last.hasMore()).isFalse();
        assertThat(last.entries().get(0).event()).isEqualTo(event("acme", "/3"));
    }

    @Test
    void aTenantSeesNoOtherTenantsEntries() {
        log.add(List.of(event("acme", "/1"), event("umbrella", "/2")));
        assertThat(objects(log.after(Optional.of("umbrella"), 0, 10))).containsExactly("/2");
        assertThat(objects(log.after(Optional.of("nobody"), 0, 10))).isEmpty();
    }

    @Test
    void whatIsTooLongIsCut() {
        log.add(List.of(event("acme", "/" + "x".repeat(10_000))));
        assertThat(objects(log.after(Optional.empty(), 0, 1)).get(0)).hasSize(500);
    }

    @Test
    void theTrailWritesWhatWasRecordedInItsOrderBeforeItCloses() {
        try (AuditTrail trail = new AuditTrail(log)) {
            IntStream.range(0, 500).forEach(i -> trail.record(event("acme", "/" + i)));
        }
        assertThat(objects(log.after(Optional.empty(), 0, 1000)))
                .isEqualTo(IntStream.range(0, 500).mapToObj(i -> "/" + i).toList());
    }

    @Test
    void anEventIsOneLineOfTheLog() {
        assertThat(event("acme", "/a\nforged").line())
                .isEqualTo(
                        "tenant=acme caller=\"ci (key_1)\" action=PUT object=/a?forged outcome=200"
                                + " address=192.0.2.1");
    }

    private static List<String> objects(AuditPage page) {
        return page.entries().stream().map(entry -> entry.event().object()).toList();
    }

    private static AuditEvent event(String tenant, String object) {
        return new AuditEvent(NOW, tenant, "ci (key_1)", "PUT", object, "200", "192.0.2.1");
    }
}
