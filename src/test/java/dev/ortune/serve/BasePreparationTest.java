package dev.ortune.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.UnavailableException;
import dev.ortune.export.PreparedBase;
import dev.ortune.golden.GoldenCase;
import dev.ortune.repository.KnownBases;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BasePreparationTest {

    private static final String BASE =
            GoldenCase.base("distilbert-tiny").toAbsolutePath().toString();
    private static final Duration LONGEST = Duration.ofSeconds(30);

    @TempDir private Path folder;

    private final AtomicInteger attempts = new AtomicInteger();

    @Test
    void aListedBaseIsMissingUntilItIsPrepared() throws Exception {
        CountDownLatch fetched = new CountDownLatch(1);
        KnownBases bases =
                known(
                        () -> {
                            fetched.await();
                            return prepared();
                        });
        try (BasePreparation preparation = preparation(bases).start()) {
            assertThat(preparation.missing()).containsExactly("distilbert-tiny");
            fetched.countDown();
            awaitNothingMissing(preparation);
        }
    }

    @Test
    void aBaseThatCannotBeHadIsTriedAgain() throws Exception {
        KnownBases bases =
                known(
                        () -> {
                            if (attempts.incrementAndGet() < 3) {
                                throw new UnavailableException(
                                        ErrorCode.DOWNLOAD_FAILED, "No network.", "Wait.");
                            }
                            return prepared();
                        });
        try (BasePreparation preparation = preparation(bases).start()) {
            awaitNothingMissing(preparation);
        }
        assertThat(attempts).hasValue(3);
    }

    @Test
    void withoutListedBasesNothingIsMissing() {
        KnownBases bases = known(this::prepared);
        try (BasePreparation preparation =
                new BasePreparation(bases, List.of(), Duration.ofMillis(1)).start()) {
            assertThat(preparation.missing()).isEmpty();
        }
    }

    private interface Preparer {
        PreparedBase prepare() throws InterruptedException;
    }

    private KnownBases known(Preparer preparer) {
        return new KnownBases(
                List.of(BASE),
                Optional.empty(),
                name -> {
                    try {
                        return preparer.prepare();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                });
    }

    private PreparedBase prepared() {
        return PreparedBase.create("tiny", Path.of(BASE), folder.resolve("prepared"));
    }

    private static BasePreparation preparation(KnownBases bases) {
        return new BasePreparation(bases, bases.names(), Duration.ofMillis(1));
    }

    private static void awaitNothingMissing(BasePreparation preparation)
            throws InterruptedException {
        Instant end = Instant.now().plus(LONGEST);
        while (!preparation.missing().isEmpty()) {
            assertThat(Instant.now()).as("missing: %s", preparation.missing()).isBefore(end);
            Thread.sleep(5);
        }
    }
}
