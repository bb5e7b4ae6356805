package dev.ortune.bench.scaling;

import dev.ortune.bench.tool.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * How long jobs wait for a worker, by the number of tenants and workers, with and without a tenant who
 * sends a whole day's jobs at once.
 */
final class QueueScenario implements ScalingScenario {

    /** The service's default. */
    private static final int MAX_RUNNING_PER_TENANT = 100;

    /** Questions a second of a worker that has nothing to do: the service's default. */
    private static final double POLLS_PER_SECOND = 2;

    private static final int BURST = 100;
    private static final double BURST_SHARE = 0.1;

    /** Workers over the work that there is, at least, where all of it shall be done. */
    private static final double SPARE = 1.05;

    private static final int LEAST_DAYS = 10;
    private static final int LEAST_JOBS = 10_000;
    private static final double DAY_HOURS = 8;
    private static final double HOUR_SECONDS = 3600;
    private static final double MINUTE_SECONDS = 60;
    private static final List<String> HEAD =
            List.of(
                    "tenants",
                    "jobs an hour",
                    "work for",
                    "workers",
                    "noisy tenant",
                    "order",
                    "quiet: p50 min",
                    "p95 min",
                    "noisy: p50 min",
                    "p95 min, noisy",
                    "busy %",
                    "claims/s");

    @Override
    public void run(ScalingOptions options, Consumer<String> notices, ScalingReport report) {
        report.addFact("jobs of a tenant per hour of work", Double.toString(hourly(options, 1)));
        report.addFact(
                "seconds of 1000 rows, an epoch", Figures.of(options.secondsPerRow() * 1000));
        report.addFact("seed", Long.toString(options.seed()));
        List<List<String>> rows = new ArrayList<>();
        for (int tenants : options.tenants()) {
            notices.accept(tenants + " tenants");
            rows.addAll(rows(options, tenants, report));
        }
        report.add(
                new ReportTable(
                        "Workers for "
                                + Figures.of(options.waitSeconds() / MINUTE_SECONDS)
                                + " minutes at most, 95 times of 100, for quiet tenants",
                        HEAD,
                        rows));
    }

    private static double hourly(ScalingOptions options, int tenants) {
        return tenants * options.jobsPerSecond() * HOUR_SECONDS;
    }

    private static List<List<String>> rows(
            ScalingOptions options, int tenants, ScalingReport report) {
        double daily = hourly(options, tenants) * DAY_HOURS;
        JobLoad load =
                new JobLoad(
                        tenants,
                        options.jobsPerSecond(),
                        options.secondsPerRow(),
                        (int) Math.max(LEAST_DAYS, LEAST_JOBS / daily),
                        (int) Math.max(BURST, BURST_SHARE * daily),
                        options.seed());
        List<WaitingJob> quiet = load.quiet().jobs();
        List<WaitingJob> all = load.jobs();
        report.addFact(
                tenants + " tenants",
                quiet.size()
                        + " jobs of quiet ones in "
                        + load.days()
                        + " days, and "
                        + load.burst()
                        + " of the noisy one at once each day");
        int few = least(options, load.quiet(), quiet);
        int many = Math.max(least(options, load, all), (int) Math.ceil(work(load, all) * SPARE));
        List<List<String>> rows = new ArrayList<>();
        rows.add(row(tenants, load.quiet(), quiet, few, "fair"));
        rows.add(row(tenants, load, all, few, "fair"));
        rows.add(row(tenants, load, all, few, "first come"));
        rows.add(row(tenants, load.quiet(), quiet, many, "fair"));
        rows.add(row(tenants, load, all, many, "fair"));
        rows.add(row(tenants, load, all, many, "first come"));
        return rows;
    }

    private static List<String> row(
            int tenants, JobLoad load, List<WaitingJob> jobs, int workers, String order) {
        JobLine line =
                order.equals("fair") ? new FairLine(MAX_RUNNING_PER_TENANT) : new FirstComeLine();
        QueueRun run = QueueRun.of(load, jobs, workers, line);
        boolean noisy = load.burst() > 0;
        double claims =
                jobs.size() / load.seconds() + (1 - run.busy()) * workers * POLLS_PER_SECOND;
        return List.of(
                Integer.toString(tenants),
                Figures.of(jobs.size() / load.seconds() * HOUR_SECONDS),
                Figures.of(work(load, jobs)),
                Integer.toString(workers),
                noisy ? "yes" : "no",
                order,
                minutes(run.quietMedian()),
                minutes(run.quietP95()),
                noisy ? minutes(run.noisyMedian()) : "",
                noisy ? minutes(run.noisyP95()) : "",
                String.format(Locale.ROOT, "%.0f", run.busy() * 100),
                Figures.of(claims));
    }

    /** So many workers would be busy all the time. */
    private static double work(JobLoad load, List<WaitingJob> jobs) {
        return jobs.stream().mapToDouble(WaitingJob::work).sum() / load.seconds();
    }

    private static String minutes(double seconds) {
        return Figures.of(seconds / MINUTE_SECONDS);
    }

    /** The fewest workers with which quiet tenants wait no longer than they may. */
    private static int least(ScalingOptions options, JobLoad load, List<WaitingJob> jobs) {
        int tooFew = 0;
        int enough = 1;
        while (!suffices(options, load, jobs, enough)) {
            tooFew = enough;
            enough *= 2;
        }
        while (enough - tooFew > 1) {
            int middle = (tooFew + enough) / 2;
            if (suffices(options, load, jobs, middle)) {
                enough = middle;
            } else {
                tooFew = middle;
            }
        }
        return enough;
    }

    private static boolean suffices(
            ScalingOptions options, JobLoad load, List<WaitingJob> jobs, int workers) {
        QueueRun run = QueueRun.of(load, jobs, workers, new FairLine(MAX_RUNNING_PER_TENANT));
        return run.quietP95() <= options.waitSeconds();
    }
}
