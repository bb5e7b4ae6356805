package dev.ortune.bench.jobs;

import dev.ortune.bench.tool.Finding;
import dev.ortune.error.InternalException;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Processes are killed at random moments, while jobs are created, validated, trained and published. Every
 * job must end as one that nobody disturbed: once, with the same numbers and the same weights.
 */
final class KillsScenario implements JobScenario {

    private static final int EPOCHS = 6;
    private static final int PROGRESS = 10;
    private static final Duration UNDISTURBED = Duration.ofMinutes(15);

    /**
     * Leases and checkpoints in seconds, as the trainings are short. A job may lose any number of
     * workers here: that the service is killed so often is not its fault.
     */
    private static final Map<String, String> SETTINGS =
            Map.of(
                    "ORTUNE_WORKER_LEASE", "PT8S",
                    "ORTUNE_WORKER_HEARTBEAT", "PT1S",
                    "ORTUNE_WORKER_CHECKPOINT_STEPS", "5",
                    "ORTUNE_WORKER_MAX_DEATHS", "1000000");

    @Override
    public void run(JobsWorkshop workshop, JobsReport report) {
        try (JobService service =
                workshop.start(
                        workshop.folder().resolve("home"),
                        workshop.tinyBase().toString(),
                        SETTINGS)) {
            Drill drill = new Drill(workshop, service);
            drill.run();
            drill.report(report);
        }
    }

    /** One run's state. */
    private static final class Drill {

        private final JobsWorkshop workshop;
        private final JobService service;
        private final JobBatch.Work work;
        private final int jobs;
        private final Killer killer;
        private final Map<String, Integer> faults = new LinkedHashMap<>();
        private List<JobTrace> undisturbed = List.of();
        private int batches;

        Drill(JobsWorkshop workshop, JobService service) {
            this.workshop = workshop;
            this.service = service;
            this.work = SmallWork.of(workshop.tinyBase(), EPOCHS);
            this.jobs = workshop.options().jobs();
            this.killer = new Killer(service, workshop.options().seed());
            for (String fault :
                    List.of(
                            "jobs lost, or created twice",
                            "jobs that did not succeed",
                            "jobs that did not succeed exactly once",
                            "jobs whose numbers or weights differ",
                            "models too many or too few")) {
                faults.put(fault, 0);
            }
        }

        void run() {
            JobBatch batch = JobBatch.create(service.client(), work, "undisturbed", jobs);
            long begin = System.nanoTime();
            batch.awaitEnd(UNDISTURBED);
            undisturbed = batch.traces();
            workshop.notice(
                    "Undisturbed: " + (System.nanoTime() - begin) / 1_000_000_000L + " seconds");
            if (!undisturbed.stream().allMatch(JobTrace::succeeded)) {
                throw new InternalException("The undisturbed jobs failed: " + undisturbed);
            }
            while (killer.count() < workshop.options().rounds()) {
                batches++;
                disturbed("batch-" + batches);
            }
        }

        private void disturbed(String name) {
            CompletableFuture<JobBatch> creating =
                    CompletableFuture.supplyAsync(
                            () -> JobBatch.create(service.client(), work, name, jobs));
            while (true) {
                killer.rest();
                if (creating.isDone() && isOver(join(creating))) {
                    break;
                }
                int before = killer.count();
                if (before < workshop.options().rounds()) {
                    killer.strike();
                    if (killer.count() / PROGRESS > before / PROGRESS) {
                        workshop.notice(killer.count() + " kills, " + killer.kills());
                    }
                }
            }
            check(name, join(creating));
        }

        private void check(String name, JobBatch batch) {
            fault(
                    "jobs lost, or created twice",
                    Math.abs(JobBatch.count(service.client(), name) - jobs));
            List<JobTrace> traces = batch.traces();
            for (int i = 0; i < jobs; i++) {
                JobTrace trace = traces.get(i);
                List<String> differences =
                        trace.numbers().differences(undisturbed.get(i).numbers());
                fault("jobs that did not succeed", trace.succeeded() ? 0 : 1);
                fault("jobs that did not succeed exactly once", trace.successes() == 1 ? 0 : 1);
                fault("jobs whose numbers or weights differ", differences.isEmpty() ? 0 : 1);
                if (!trace.succeeded() || trace.successes() != 1 || !differences.isEmpty()) {
                    workshop.notice(
                            "AT FAULT: "
                                    + batch.ids().get(i)
                                    + " "
                                    + trace.status()
                                    + " "
                                    + trace.error()
                                    + " "
                                    + differences
                                    + " "
                                    + trace.warnings());
                }
            }
            int models =
                    Pause.untilAnswered(
                            UNDISTURBED,
                            () -> service.client().get("/v1/models").path("data").size());
            faults.put("models too many or too few", Math.abs(models - jobs * (batches + 1)));
            workshop.notice("Batch " + batches + " is over, " + killer.count() + " kills so far");
        }

        private void fault(String what, int count) {
            faults.merge(what, count, Integer::sum);
        }

        void report(JobsReport report) {
            report.addFact("base", work.base());
            report.addFact("seed", Long.toString(workshop.options().seed()));
            report.add(Finding.fact("kills", killer.count(), ""));
            killer.kills().forEach((who, count) -> report.add(Finding.fact(who, count, "")));
            report.add(Finding.fact("disturbed jobs", jobs * batches, ""));
            report.add(
                    Finding.fact(
                            "of them steps each", undisturbed.get(0).numbers().steps().size(), ""));
            faults.forEach((what, count) -> report.add(Finding.atMost(what, count, "", 0)));
        }

        private static boolean isOver(JobBatch batch) {
            try {
                return batch.isOver();
            } catch (IOException e) {
                return false;
            }
        }

        private static JobBatch join(CompletableFuture<JobBatch> creating) {
            try {
                return creating.join();
            } catch (CompletionException e) {
                throw new InternalException("The jobs could not be created.", e.getCause());
            }
        }
    }
}
