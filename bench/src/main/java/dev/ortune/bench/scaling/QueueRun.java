package dev.ortune.bench.scaling;

import dev.ortune.bench.race.Quantiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * Workers that take jobs from a line, event by event. A free worker takes a job at once, while the
 * service's looks every half second.
 *
 * @param quietWaits seconds that each job of the quiet tenants waited
 * @param noisyWaits of the noisy one; empty when there is none
 * @param busy the share of the time in which workers had a job, until the last job came
 */
record QueueRun(List<Double> quietWaits, List<Double> noisyWaits, double busy) {

    /** Jobs of this share of the time are of no account: the queue is too short at first. */
    private static final double WARM_SHARE = 0.1;

    private static final double P95 = 0.95;

    /** A worker's job, and when it ends. */
    private record Running(int tenant, double end) {}

    /** Simulates it until all jobs have begun. */
    static QueueRun of(JobLoad load, List<WaitingJob> jobs, int workers, JobLine line) {
        Queue<Running> running = new PriorityQueue<>(Comparator.comparingDouble(Running::end));
        List<Double> quiet = new ArrayList<>();
        List<Double> noisy = new ArrayList<>();
        double worked = 0;
        int next = 0;
        int begun = 0;
        while (begun < jobs.size()) {
            boolean comes =
                    next < jobs.size()
                            && (running.isEmpty()
                                    || jobs.get(next).seconds() <= running.element().end());
            double now;
            if (comes) {
                WaitingJob job = jobs.get(next++);
                now = job.seconds();
                line.add(job);
            } else {
                Running done = running.remove();
                now = done.end();
                line.left(done.tenant());
            }
            while (running.size() < workers) {
                Optional<WaitingJob> claimed = line.claim();
                if (claimed.isEmpty()) {
                    break;
                }
                WaitingJob job = claimed.get();
                begun++;
                running.add(new Running(job.tenant(), now + job.work()));
                worked += Math.max(0, Math.min(job.work(), load.seconds() - now));
                if (job.seconds() >= WARM_SHARE * load.seconds()) {
                    (job.tenant() == JobLoad.NOISY ? noisy : quiet).add(now - job.seconds());
                }
            }
        }
        return new QueueRun(quiet, noisy, worked / workers / load.seconds());
    }

    double quietMedian() {
        return Quantiles.of(quietWaits).median();
    }

    double quietP95() {
        return Quantiles.of(quietWaits).at(P95);
    }

    double noisyMedian() {
        return Quantiles.of(noisyWaits).median();
    }

    double noisyP95() {
        return Quantiles.of(noisyWaits).at(P95);
    }
}
