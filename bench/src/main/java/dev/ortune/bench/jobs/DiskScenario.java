package dev.ortune.bench.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.database.DatabaseSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The disk is full in the middle of a job, then there is room again; once with the database on the same
 * disk, once with it elsewhere. The service must live, and the job end as an undisturbed one.
 */
final class DiskScenario implements JobScenario {

    private static final int MEGABYTES = 64;
    private static final int EPOCHS = 300;
    private static final int BEGUN = 300;
    private static final Duration FULL = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final Map<String, String> SETTINGS =
            Map.of(
                    "ORTUNE_WORKER_LEASE", "PT8S",
                    "ORTUNE_WORKER_HEARTBEAT", "PT1S",
                    "ORTUNE_WORKER_CHECKPOINT_STEPS", "50");

    @Override
    public void run(JobsWorkshop workshop, JobsReport report) {
        report.addFact("base", workshop.tinyBase().getFileName().toString());
        report.addFact("disk", MEGABYTES + " MB, full for " + FULL.toSeconds() + " s");
        drill(workshop, report, "database on the same disk", Map.of());
        drill(
                workshop,
                report,
                "database elsewhere",
                Map.of(
                        "ORTUNE_DATABASE_URL",
                        DatabaseSettings.embeddedUrl(workshop.folder().resolve("elsewhere/jobs"))));
    }

    private static void drill(
            JobsWorkshop workshop, JobsReport report, String name, Map<String, String> more) {
        Map<String, String> settings = new LinkedHashMap<>(SETTINGS);
        settings.putAll(more);
        Path root = workshop.folder().resolve("disk-" + settings.size());
        try (SmallDisk disk = SmallDisk.mount(root, MEGABYTES);
                JobService service =
                        workshop.start(root, workshop.tinyBase().toString(), settings)) {
            JobBatch.Work work = SmallWork.of(workshop.tinyBase(), EPOCHS);
            workshop.notice("Disk, " + name + ": undisturbed");
            JobBatch undisturbed = JobBatch.create(service.client(), work, "undisturbed", 1);
            undisturbed.awaitEnd(PATIENCE);
            JobBatch disturbed = JobBatch.create(service.client(), work, "disturbed", 1);
            String id = disturbed.ids().get(0);
            Pause.until(
                    "steps of " + id,
                    PATIENCE,
                    () -> service.client().job(id).path("progress").path("step").asInt() > BEGUN);
            Pulse pulse = Pulse.of(service.client());
            try (pulse) {
                workshop.notice("The disk is full");
                String seen = full(disk, service.client(), id);
                workshop.notice("There is room again; the job was " + seen);
                report.addFact(name + ": while the disk was full the job was", seen);
                goOn(service.client(), disturbed, id);
            }
            pulse.report(name, report);
            Sameness.report(name, undisturbed.traces(), disturbed.traces(), workshop, report);
        }
    }

    /** Has no room for a while; what the job was last, as far as the service could tell. */
    private static String full(SmallDisk disk, JobsClient client, String id) {
        String seen = "unknown";
        long end = System.nanoTime() + FULL.toNanos();
        while (System.nanoTime() < end) {
            disk.fill();
            try {
                seen = client.job(id).path("status").asText();
            } catch (IOException | RuntimeException e) {
                seen = "unknown: " + e.getMessage();
            }
            Pause.of(Duration.ofSeconds(1));
        }
        disk.free();
        return seen;
    }

    /** Waits for the job's end; where it was paused, its owner has it go on. */
    private static void goOn(JobsClient client, JobBatch batch, String id) {
        Pause.until(
                "the end of " + id,
                PATIENCE,
                () -> {
                    JsonNode job = client.job(id);
                    if (job.path("status").asText().equals("paused")) {
                        client.resume(id);
                    }
                    return batch.isOver();
                });
    }
}
