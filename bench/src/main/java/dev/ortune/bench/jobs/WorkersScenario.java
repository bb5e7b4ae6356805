package dev.ortune.bench.jobs;

import dev.ortune.base.BundledBase;
import dev.ortune.bench.race.Quantiles;
import dev.ortune.bench.tool.Figures;
import dev.ortune.bench.tool.Finding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * The same batch of jobs by one worker and by two, in turn, each a process with a processor of its own;
 * between them and the one that takes the jobs in are PostgreSQL and a folder.
 */
final class WorkersScenario implements JobScenario {

    private static final double WANTED_SHARE = 0.55;
    private static final List<Integer> BOTH = List.of(0, 1);
    private static final int MOST_WORKERS = BOTH.size();
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    @Override
    public void run(JobsWorkshop workshop, JobsReport report) {
        Cores cores = Cores.read();
        List<BatchTime> one = new ArrayList<>();
        List<BatchTime> two = new ArrayList<>();
        try (PostgresServer server = PostgresServer.start(workshop.folder().resolve("postgres"));
                JobService service =
                        workshop.start(
                                workshop.folder().resolve("serving"),
                                BundledBase.NAME,
                                settings(workshop, server, "serve"))) {
            Trial trial = new Trial(workshop, server, service.client(), cores);
            for (int pair = 0; pair < workshop.options().workerPairs(); pair++) {
                // One may be slower than the other for minutes: the lone worker has each in turn.
                List<Integer> lone = List.of(pair / 2 % MOST_WORKERS);
                // Who begins changes with every pair.
                for (boolean isAlone : List.of(pair % 2 == 0, pair % 2 == 1)) {
                    BatchTime time =
                            trial.run("pair-" + pair + "-" + isAlone, isAlone ? lone : BOTH);
                    (isAlone ? one : two).add(time);
                    workshop.notice(
                            "Pair "
                                    + (pair + 1)
                                    + (isAlone ? ", one worker: " : ", two workers: ")
                                    + Figures.of(time.seconds())
                                    + " s");
                }
            }
        }
        report.addFact(
                "a worker's processor",
                cores.numbers().size() < MOST_WORKERS ? "any" : "its own, by taskset");
        report(workshop.options(), report, one, two);
    }

    private static void report(
            JobsOptions options, JobsReport report, List<BatchTime> one, List<BatchTime> two) {
        List<Double> ratios = new ArrayList<>();
        for (int pair = 0; pair < one.size(); pair++) {
            ratios.add(two.get(pair).seconds() / one.get(pair).seconds());
        }
        Quantiles shares = Quantiles.of(ratios);
        report.addFact(
                "two over one, pair by pair",
                ratios.stream().map(Figures::of).collect(Collectors.joining(", ")));
        report.addFact("base", BundledBase.NAME);
        report.addFact("rows of a job", Integer.toString(options.batchRows()));
        report.add(Finding.fact("pairs", one.size(), ""));
        report.add(Finding.fact("jobs in a batch", options.batchJobs(), ""));
        report.add(Finding.fact("one worker, median", median(one, BatchTime::seconds), "s"));
        report.add(Finding.fact("two workers, median", median(two, BatchTime::seconds), "s"));
        report.add(
                Finding.fact(
                        "jobs at the same time by two, median", median(two, BatchTime::width), ""));
        report.add(Finding.fact("two over one, lower quartile", shares.lowerQuartile(), ""));
        report.add(Finding.atMost("two over one, median", shares.median(), "", WANTED_SHARE));
        report.add(Finding.fact("two over one, upper quartile", shares.upperQuartile(), ""));
    }

    private static double median(List<BatchTime> times, ToDoubleFunction<BatchTime> number) {
        return Quantiles.of(times.stream().mapToDouble(number).boxed().toList()).median();
    }

    private static Map<String, String> settings(
            JobsWorkshop workshop, PostgresServer server, String role) {
        Map<String, String> settings = new HashMap<>();
        settings.put("ORTUNE_ROLE", role);
        settings.put("ORTUNE_DATABASE_URL", server.url());
        settings.put("ORTUNE_DATABASE_USERNAME", PostgresServer.user());
        settings.put("ORTUNE_STORAGE_FOLDER", workshop.folder().resolve("shared").toString());
        settings.put("ORTUNE_WORKER_SLOTS", "1");
        settings.put("ORTUNE_WORKER_THREADS", "1");
        return settings;
    }

    /**
     * What the rounds share.
     *
     * @param client of the process that takes the jobs in
     */
    private record Trial(
            JobsWorkshop workshop, PostgresServer server, JobsClient client, Cores cores) {

        /** Does a batch with these workers, each of which has done a job before. */
        BatchTime run(String name, List<Integer> workers) {
            List<JobService> started = new ArrayList<>();
            try {
                workers.forEach(worker -> started.add(start(worker)));
                JobsOptions options = workshop.options();
                JobBatch.Work work = ReviewWork.of(options.batchRows());
                JobBatch.create(client, work, name + "-warm-up", workers.size()).awaitEnd(PATIENCE);
                JobBatch batch = JobBatch.create(client, work, name, options.batchJobs());
                batch.awaitEnd(PATIENCE);
                return BatchTime.of(server, batch.ids());
            } finally {
                started.forEach(JobService::close);
            }
        }

        private JobService start(int worker) {
            return workshop.start(
                    workshop.folder().resolve("worker-" + worker),
                    BundledBase.NAME,
                    settings(workshop, server, "train"),
                    command -> command.by(cores.one(worker)));
        }
    }
}
