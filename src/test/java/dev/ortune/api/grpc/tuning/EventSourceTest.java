package dev.ortune.api.grpc.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.ortune.api.grpc.proto.v1.FineTuningEvent;
import dev.ortune.database.Database;
import dev.ortune.database.TestDatabases;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.RefusedException;
import dev.ortune.error.UnavailableException;
import dev.ortune.job.EventFeed;
import dev.ortune.job.JobEvents;
import dev.ortune.job.JobJournal;
import dev.ortune.job.JobListener;
import dev.ortune.job.JobStore;
import dev.ortune.job.NewJob;
import dev.ortune.repository.AdapterRepository;
import dev.ortune.tuning.JobNews;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real feed on a real database; the client is the test. */
@Timeout(60)
class EventSourceTest {

    private static final InstantSource CLOCK = InstantSource.system();
    private static final String TENANT = "acme";

    @TempDir private Path folder;
    private final Semaphore wakes = new Semaphore(0);
    private Database database;
    private JobStore jobs;
    private EventFeed feed;
    private JobNews news;
    private String job;

    @BeforeEach
    void open() {
        database = TestDatabases.h2(folder);
        jobs = new JobStore(database.statements(), CLOCK, JobListener.NONE);
        JobEvents events = new JobEvents(database.statements(), CLOCK);
        feed = new EventFeed(jobs, events, Duration.ofMillis(2));
        news =
                new JobNews(
                        jobs,
                        events,
                        new JobJournal(database.statements(), CLOCK),
                        feed,
                        AdapterRepository.open(folder.resolve("models")));
        job = jobs.create(new NewJob(TENANT, "base", "{}", Map.of(), 0, Optional.empty())).id();
    }

    @AfterEach
    void close() {
        feed.close();
        database.close();
    }

    @Test
    void eventsComeInTheirOrderToTheJobsEnd() throws InterruptedException {
        add(1200);
        try (EventSource source = source(3)) {
            jobs.cancel(TENANT, job);
            List<Long> numbers = new ArrayList<>();
            while (!source.isOver()) {
                wakes.tryAcquire(20, TimeUnit.MILLISECONDS);
                for (Optional<FineTuningEvent> next = source.next();
                        next.isPresent();
                        next = source.next()) {
                    numbers.add(next.get().getNumber());
                }
            }
            assertThat(numbers).first().isEqualTo(4L);
            assertThat(numbers).hasSize(1199).isSorted().doesNotHaveDuplicates();
        }
        assertThat(feed.listeners()).isZero();
    }

    @Test
    void aClientThatIsTooFarBehindIsLetGo() throws InterruptedException {
        add(JobNews.MOST_WAITING + 5);
        try (EventSource source = source(0)) {
            awaitWakes(() -> fault(source) instanceof RefusedException);
            assertThatThrownBy(source::isOver)
                    .isInstanceOf(RefusedException.class)
                    .hasMessageContaining("More than 10000 events waited")
                    .extracting(fault -> ((RefusedException) fault).code())
                    .isEqualTo(ErrorCode.OVERLOADED);
        }
        assertThat(feed.listeners()).isZero();
    }

    @Test
    void theServicesEndIsNotTheJobs() {
        try (EventSource source = source(0)) {
            feed.close();
            assertThatThrownBy(source::isOver)
                    .isInstanceOf(UnavailableException.class)
                    .extracting(fault -> ((UnavailableException) fault).code())
                    .isEqualTo(ErrorCode.STOPPED);
        }
    }

    @Test
    void anotherTenantsJobIsNotFollowed() {
        assertThatThrownBy(() -> new EventSource(news, "globex", job, 0, wakes::release))
                .hasMessageContaining("There is no job");
        assertThat(feed.listeners()).isZero();
    }

    private EventSource source(long after) {
        return new EventSource(news, TENANT, job, after, wakes::release);
    }

    private void awaitWakes(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            wakes.acquire();
        }
    }

    private static Throwable fault(EventSource source) {
        return Optional.ofNullable(catchThrowable(source::isOver))
                .orElseGet(IllegalStateException::new);
    }

    /** Adds events after the first one, which tells of the creation. */
    private void add(int events) {
        database.statements()
                .useTransaction(
                        handle -> {
                            handle.createUpdate(
                                            "insert into job_event (job_id, number, created_at,"
                                                    + " level, message, data) select :id, x + 1,"
                                                    + " current_timestamp, 'INFO', 'event', '{}' from"
                                                    + " system_range(1, :events)")
                                    .bind("id", job)
                                    .bind("events", events)
                                    .execute();
                            handle.createUpdate("update job set event_count = :all where id = :id")
                                    .bind("all", events + 1)
                                    .bind("id", job)
                                    .execute();
                        });
    }
}
