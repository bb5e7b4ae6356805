package dev.ortune.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InvalidInputException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryConcurrencyTest {

    private static final int WRITERS = 4;
    private static final int CHANGES = 60;
    private static final List<String> MODELS = List.of("a", "b", "c");
    private static final List<ErrorCode> HONEST =
            List.of(
                    ErrorCode.MODEL_NOT_FOUND,
                    ErrorCode.VERSION_NOT_FOUND,
                    ErrorCode.ALIAS_NOT_FOUND,
                    ErrorCode.VERSION_IN_USE);

    @TempDir private Path folder;

    @Test
    void readersSeeWholeVersionsWhateverWritersDo() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 2);
        AtomicBoolean writing = new AtomicBoolean(true);
        try (AdapterRepository repository = AdapterRepository.open(folder)) {
            List<Future<?>> writers = new ArrayList<>();
            for (int writer = 0; writer < WRITERS; writer++) {
                Random random = new Random(writer);
                writers.add(threads.submit(() -> change(repository, random)));
            }
            List<Future<Integer>> readers = new ArrayList<>();
            for (int reader = 0; reader < 2; reader++) {
                readers.add(threads.submit(() -> read(repository, writing)));
            }
            for (Future<?> writer : writers) {
                writer.get(120, TimeUnit.SECONDS);
            }
            writing.set(false);
            for (Future<Integer> reader : readers) {
                assertThat(reader.get(30, TimeUnit.SECONDS)).isPositive();
            }
            List<PublishedModel> last = repository.models();
            repository.close();
            try (AdapterRepository again = AdapterRepository.open(folder)) {
                assertThat(again.models()).isEqualTo(last);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aModelThatIsBeingChangedDoesNotHoldUpAnother() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(1);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        try (AdapterRepository repository = AdapterRepository.open(folder)) {
            repository.listen(
                    new RepositoryListener() {
                        @Override
                        public void published(PublishedVersion version) {
                            if (version.model().name().equals("slow")) {
                                inside.countDown();
                                awaitQuietly(release);
                            }
                        }
                    });
            Future<?> slow = threads.submit(() -> TestVersions.publish(repository, "slow"));
            assertThat(inside.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(TestVersions.publish(repository, "quick").number()).isEqualTo(1);
            assertThat(slow.isDone()).isFalse();
            release.countDown();
            slow.get(30, TimeUnit.SECONDS);
        } finally {
            release.countDown();
            threads.shutdownNow();
        }
    }

    @Test
    void locksAreForgottenWhenNobodyHoldsThem() {
        ModelLocks locks = new ModelLocks();
        ModelName one = TestModels.named("a");
        ModelName other = new ModelName("acme", "a");
        assertThat(locks.locked(one, () -> locks.locked(other, locks::size))).isEqualTo(2);
        assertThat(locks.size()).isZero();
    }

    private static void change(AdapterRepository repository, Random random) {
        for (int i = 0; i < CHANGES; i++) {
            String model = MODELS.get(random.nextInt(MODELS.size()));
            try {
                switch (random.nextInt(8)) {
                    case 0 -> repository.deleteModel(TestModels.named(model));
                    case 1 -> repository.deleteVersion(TestModels.named(model), "default");
                    case 2 -> repository.moveAlias(TestModels.named(model), "prod", "default");
                    case 3 -> repository.rollBack(TestModels.named(model), "default");
                    case 4 -> repository.deleteAlias(TestModels.named(model), "prod");
                    default ->
                            TestVersions.publish(
                                    repository,
                                    new Publication(
                                            TestModels.named(model),
                                            random.nextBoolean(),
                                            Optional.empty(),
                                            Optional.empty()));
                }
            } catch (InvalidInputException e) {
                assertThat(e.code()).as(e.getMessage()).isIn(HONEST);
            }
        }
    }

    /** How many versions were read whole. */
    private static int read(AdapterRepository repository, AtomicBoolean writing) {
        int whole = 0;
        Random random = new Random(99);
        while (writing.get() || whole == 0) {
            String model = MODELS.get(random.nextInt(MODELS.size()));
            try {
                PublishedVersion version = repository.resolve(TestModels.reference(model));
                assertThat(version.model().name()).isEqualTo(model);
                String content = TestVersions.content(version.folder());
                version.requireThere();
                assertThat(content).isEqualTo(version.id());
                whole++;
            } catch (InvalidInputException e) {
                assertThat(e.code()).isIn(HONEST);
            } catch (UncheckedIOException e) {
                // Deleted between the two lines above.
                assertThat(e).hasRootCauseInstanceOf(java.nio.file.NoSuchFileException.class);
            }
            if (!writing.get() && repository.models().isEmpty()) {
                return Math.max(1, whole);
            }
        }
        return whole;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
