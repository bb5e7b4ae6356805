package dev.ortune.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.flywaydb.core.Flyway;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EventFeedTest {

    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir private Path folder;
    private JdbcConnectionPool pool;
    private JobStore jobs;
    private JobEvents events;
    private EventFeed feed;

    @BeforeEach
    void open() {
        pool =
                JdbcConnectionPool.create(
                        "jdbc:h2:file:" + folder.resolve("jobs") + ";MODE=PostgreSQL",
                        "ortune",
                        "");
        Flyway.configure().dataSource(pool).locations("classpath:db/migration").load().migrate();
        Jdbi database = Jdbi.create(pool);
        jobs = new JobStore(database, CLOCK, JobListener.NONE);
        events = new JobEvents(database, CLOCK);
        feed = new EventFeed(jobs, events, Duration.ofMillis(5));
    }

    @AfterEach
    void close() {
        feed.close();
        pool.dispose();
    }

    @Test
    void everyListenerHearsEveryEventOnceAndThenTheEnd() throws Exception {
        Job job = job();
        List<Recorder> listeners = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Recorder listener = new Recorder();
            feed.listen(job.id(), 0, listener);
            listeners.add(listener);
            // Some come while things happen.
            tell(job, 20);
        }
        jobs.cancel("a", job.id());
        long last = 1 + 50 * 20 + 1;
        for (Recorder listener : listeners) {
            assertThat(listener.over.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(listener.numbers)
                    .isEqualTo(LongStream.rangeClosed(1, last).boxed().toList());
        }
    }

    @Test
    void whoHasHeardSomeHearsTheRest() throws Exception {
        Job job = job();
        tell(job, 1200);
        jobs.cancel("a", job.id());
        Recorder listener = new Recorder();
        feed.listen(job.id(), 700, listener);
        assertThat(listener.over.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(listener.numbers).isEqualTo(LongStream.rangeClosed(701, 1202).boxed().toList());
    }

    @Test
    void whoHasGoneHearsNothingMore() throws Exception {
        Job job = job();
        Recorder gone = new Recorder();
        Recorder stays = new Recorder();
        EventFeed.Subscription subscription = feed.listen(job.id(), 0, gone);
        feed.listen(job.id(), 0, stays);
        while (gone.numbers.isEmpty()) {
            Thread.sleep(1);
        }
        subscription.close();
        tell(job, 5);
        jobs.cancel("a", job.id());
        assertThat(stays.over.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(gone.numbers).containsExactly(1L);
        assertThat(gone.over.getCount()).isEqualTo(1);
    }

    @Test
    void whoListensWhenItEndsIsToldOnceAndWhoComesLaterAtOnce() {
        Job job = job();
        Recorder before = new Recorder();
        Recorder after = new Recorder();
        feed.listen(job.id(), 0, before);
        feed.close();
        feed.close();
        feed.listen(job.id(), 0, after);
        assertThat(before.stops.get()).isEqualTo(1);
        assertThat(after.stops.get()).isEqualTo(1);
        assertThat(feed.listeners()).isZero();
    }

    @Test
    void aListenerThatFailsDisturbsNoOther() throws Exception {
        Job job = job();
        Recorder good = new Recorder();
        feed.listen(
                job.id(),
                0,
                new EventFeed.Listener() {
                    @Override
                    public void happened(List<JobEvent> news) {
                        throw new IllegalStateException("cannot");
                    }

                    @Override
                    public void ended() {
                        throw new IllegalStateException("cannot");
                    }

                    @Override
                    public void stopped() {
                        throw new IllegalStateException("cannot");
                    }
                });
        feed.listen(job.id(), 0, good);
        jobs.cancel("a", job.id());
        assertThat(good.over.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(good.numbers).containsExactly(1L, 2L);
    }

    private Job job() {
        return jobs.create(new NewJob("a", "b", "{}", Map.of(), 0, Optional.empty()));
    }

    private void tell(Job job, int times) {
        for (int i = 0; i < times; i++) {
            events.add(job.id(), JobEvent.Level.INFO, "e", "{}");
        }
    }

    /** Remembers what it heard. */
    private static final class Recorder implements EventFeed.Listener {
        private final List<Long> numbers = new CopyOnWriteArrayList<>();
        private final CountDownLatch over = new CountDownLatch(1);
        private final AtomicInteger stops = new AtomicInteger();

        @Override
        public void happened(List<JobEvent> news) {
            news.forEach(event -> numbers.add(event.number()));
        }

        @Override
        public void ended() {
            over.countDown();
        }

        @Override
        public void stopped() {
            stops.incrementAndGet();
        }
    }
}
