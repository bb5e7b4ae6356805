package dev.ortune.bench.scaling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Jobs that come: of quiet tenants at random moments, and of a noisy one many at once.
 *
 * @param tenants quiet ones, from 1 on; the noisy one is {@value #NOISY}
 * @param jobsPerSecond of a quiet tenant
 * @param secondsPerRow of an epoch
 * @param days for how long, of eight hours
 * @param burst jobs of the noisy tenant on a day; 0 for none
 * @param seed of it all
 */
record JobLoad(
        int tenants, double jobsPerSecond, double secondsPerRow, int days, int burst, long seed) {

    static final int NOISY = 0;

    /** Until all jobs are there and in their order. */
    private static final long UNKNOWN = 0;

    private static final double DAY_SECONDS = 8 * 3600;
    private static final int MIN_ROWS = 100;
    private static final int MAX_ROWS = 5000;

    /** The service's default. */
    private static final int EPOCHS = 10;

    /** A process, its base and its session; at the higher end of what was seen. */
    private static final double START_SECONDS = 2;

    double seconds() {
        return days * DAY_SECONDS;
    }

    /** The same without the noisy tenant. */
    JobLoad quiet() {
        return new JobLoad(tenants, jobsPerSecond, secondsPerRow, days, 0, seed);
    }

    /** In the order in which they come. The quiet tenants' are the same with and without the noisy one. */
    List<WaitingJob> jobs() {
        SplittableRandom random = new SplittableRandom(seed);
        SplittableRandom noise = random.split();
        List<WaitingJob> jobs = new ArrayList<>();
        double rate = tenants * jobsPerSecond;
        double now = pause(random, rate);
        while (now < seconds()) {
            int tenant = 1 + random.nextInt(tenants);
            jobs.add(new WaitingJob(tenant, 0, UNKNOWN, now, work(random)));
            now += pause(random, rate);
        }
        for (int day = 0; day < days && burst > 0; day++) {
            double moment = (day + noise.nextDouble()) * DAY_SECONDS;
            for (int i = 0; i < burst; i++) {
                jobs.add(new WaitingJob(NOISY, 0, UNKNOWN, moment, work(noise)));
            }
        }
        jobs.sort(Comparator.comparingDouble(WaitingJob::seconds));
        return IntStream.range(0, jobs.size()).mapToObj(i -> jobs.get(i).numbered(i + 1L)).toList();
    }

    private static double pause(SplittableRandom random, double rate) {
        return -Math.log(1 - random.nextDouble()) / rate;
    }

    /** As many rows as not, on a logarithmic scale. */
    private double work(SplittableRandom random) {
        double rows = MIN_ROWS * Math.pow((double) MAX_ROWS / MIN_ROWS, random.nextDouble());
        return START_SECONDS + EPOCHS * rows * secondsPerRow;
    }
}
