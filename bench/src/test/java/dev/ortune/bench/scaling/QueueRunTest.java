package dev.ortune.bench.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueueRunTest {

    private static final double MONTHLY = 4 / 176.0 / 3600;
    private static final JobLoad LOAD = new JobLoad(1000, MONTHLY, 0.069, 30, 100, 1);

    @Test
    void jobsWaitForTheWorkersBeforeThem() {
        List<WaitingJob> jobs =
                List.of(
                        new WaitingJob(1, 0, 1, 10_000, 60),
                        new WaitingJob(2, 0, 2, 10_010, 60),
                        new WaitingJob(3, 0, 3, 10_020, 60));
        JobLoad day = new JobLoad(3, MONTHLY, 0.069, 1, 0, 1);
        QueueRun run = QueueRun.of(day, jobs, 1, new FairLine(100));
        assertThat(run.quietWaits()).containsExactly(0.0, 50.0, 100.0);
        assertThat(run.busy()).isCloseTo(180.0 / 28_800, within(1e-12));
    }

    @Test
    void theQuietTenantsSendTheSameJobsWithAndWithoutTheNoisyOne() {
        List<WaitingJob> quiet = LOAD.quiet().jobs();
        List<WaitingJob> all = LOAD.jobs();
        assertThat(all.stream().filter(job -> job.tenant() != JobLoad.NOISY))
                .extracting(WaitingJob::tenant, WaitingJob::seconds, WaitingJob::work)
                .containsExactlyElementsOf(
                        quiet.stream()
                                .map(job -> tuple(job.tenant(), job.seconds(), job.work()))
                                .toList());
        assertThat(all).hasSize(quiet.size() + 30 * 100);
        assertThat(all).isSortedAccordingTo(Comparator.comparingLong(WaitingJob::sequence));
    }

    @Test
    void jobsComeAsOftenAsTheyShould() {
        double expected = 1000 * MONTHLY * LOAD.seconds();
        // Five standard deviations of a count.
        assertThat((double) LOAD.quiet().jobs().size())
                .isCloseTo(expected, within(5 * Math.sqrt(expected)));
    }

    @Test
    void withoutCompetitionAWorkerWaitsAsTheoryHasIt() {
        // Pollaczek and Khinchine: the mean wait of random arrivals at one worker.
        JobLoad load = new JobLoad(100, MONTHLY, 0.069, 4000, 0, 3);
        List<WaitingJob> jobs = load.jobs();
        double rate = jobs.size() / load.seconds();
        double square =
                jobs.stream().mapToDouble(job -> job.work() * job.work()).average().orElseThrow();
        double work = jobs.stream().mapToDouble(WaitingJob::work).average().orElseThrow();
        double expected = rate * square / 2 / (1 - rate * work);
        QueueRun run = QueueRun.of(load, jobs, 1, new FirstComeLine());
        double mean =
                run.quietWaits().stream().mapToDouble(Double::doubleValue).average().orElseThrow();
        assertThat(mean).isCloseTo(expected, within(0.05 * expected));
    }

    @Test
    void aFairLineKeepsABurstFromTheOthers() {
        List<WaitingJob> jobs = LOAD.jobs();
        double fair = QueueRun.of(LOAD, jobs, 12, new FairLine(100)).quietP95();
        double firstCome = QueueRun.of(LOAD, jobs, 12, new FirstComeLine()).quietP95();
        assertThat(fair).isLessThan(firstCome / 5);
    }
}
