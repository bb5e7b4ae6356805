package dev.ortune.bench.jobs;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * PostgreSQL goes away in the middle of jobs: its processes are stopped, so that whoever asks it waits, or
 * it is shut down and started again. Leases outlast it, or do not. The service must live, and every job end
 * as an undisturbed one.
 */
final class DatabaseScenario implements JobScenario {

    private static final Duration AWAY = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int EPOCHS = 60;
    private static final int JOBS = 3;
    private static final int BEGUN = 100;
    private static final int MOST_MILLISECONDS_BETWEEN = 8000;

    /** As a service has them by default, which outlast it; and shorter ones. */
    private static final List<Lease> LEASES =
            List.of(new Lease("PT30S", "PT5S"), new Lease("PT8S", "PT1S"));

    /** How long a worker may be silent, and how often it is not. */
    private record Lease(String length, String heartbeat) {}

    @Override
    public void run(JobsWorkshop workshop, JobsReport report) {
        report.addFact("base", workshop.tinyBase().getFileName().toString());
        report.addFact("away", AWAY.toSeconds() + " s, twice");
        try (PostgresServer server = PostgresServer.start(workshop.folder().resolve("postgres"))) {
            LEASES.forEach(lease -> drills(workshop, report, server, lease));
        }
    }

    private static void drills(
            JobsWorkshop workshop, JobsReport report, PostgresServer server, Lease lease) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("ORTUNE_DATABASE_URL", server.url());
        settings.put("ORTUNE_DATABASE_USERNAME", PostgresServer.user());
        settings.put("ORTUNE_WORKER_LEASE", lease.length());
        settings.put("ORTUNE_WORKER_HEARTBEAT", lease.heartbeat());
        JobBatch.Work work = SmallWork.of(workshop.tinyBase(), EPOCHS);
        try (JobService service =
                workshop.start(
                        workshop.folder().resolve("home"),
                        workshop.tinyBase().toString(),
                        settings)) {
            workshop.notice("Leases of " + lease.length() + ": undisturbed");
            JobBatch undisturbed =
                    JobBatch.create(service.client(), work, "undisturbed-" + lease.length(), JOBS);
            undisturbed.awaitEnd(PATIENCE);
            List<JobTrace> expected = undisturbed.traces();
            drill(
                    workshop,
                    report,
                    service,
                    "stopped, leases of " + lease.length(),
                    server::pause,
                    server::resume,
                    expected);
            drill(
                    workshop,
                    report,
                    service,
                    "shut down, leases of " + lease.length(),
                    server::stop,
                    server::startAgain,
                    expected);
        }
    }

    private static void drill(
            JobsWorkshop workshop,
            JobsReport report,
            JobService service,
            String name,
            Runnable go,
            Runnable comeBack,
            List<JobTrace> expected) {
        Random random = new Random(workshop.options().seed());
        JobBatch batch =
                JobBatch.create(
                        service.client(),
                        SmallWork.of(workshop.tinyBase(), EPOCHS),
                        name.replaceAll("[^A-Za-z0-9]+", "-"),
                        JOBS);
        String first = batch.ids().get(0);
        Pause.until(
                "steps of " + first,
                PATIENCE,
                () -> service.client().job(first).path("progress").path("step").asInt() > BEGUN);
        Pulse pulse = Pulse.of(service.client());
        try (pulse) {
            for (int time = 0; time < 2; time++) {
                workshop.notice("PostgreSQL " + name);
                go.run();
                Pause.of(AWAY);
                comeBack.run();
                workshop.notice("It is back");
                Pause.of(Duration.ofMillis(random.nextInt(MOST_MILLISECONDS_BETWEEN)));
            }
            batch.awaitEnd(PATIENCE);
        }
        pulse.report(name, report);
        Sameness.report(name, expected, batch.traces(), workshop, report);
    }
}
