package dev.ortune.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;

/** Notes when keys are used, at most once a minute each. Thread-safe, never waits. */
final class KeyUses {

    private static final Duration PAUSE = Duration.ofMinutes(1);
    private static final Logger LOG = Logger.getLogger(KeyUses.class);

    private final ApiKeyStore store;
    private final InstantSource clock;
    private final Executor writers;
    private final Map<String, Instant> noted = new ConcurrentHashMap<>();

    KeyUses(ApiKeyStore store, InstantSource clock, Executor writers) {
        this.store = store;
        this.clock = clock;
        this.writers = writers;
    }

    void note(ApiKey key) {
        Instant now = clock.instant();
        Instant due = now.minus(PAUSE);
        Instant last = noted.getOrDefault(key.id(), Instant.MIN);
        if (last.isAfter(due)) {
            return;
        }
        boolean isMine =
                last.equals(Instant.MIN)
                        ? noted.putIfAbsent(key.id(), now) == null
                        : noted.replace(key.id(), last, now);
        if (isMine) {
            write(key.id(), now);
        }
    }

    private void write(String id, Instant now) {
        try {
            writers.execute(
                    () -> {
                        try {
                            store.used(id, now);
                        } catch (RuntimeException e) {
                            LOG.debug("The use of a key was not noted", e);
                        }
                    });
        } catch (RuntimeException e) {
            LOG.debug("The use of a key was not noted", e);
        }
    }
}
