package dev.ortune.bench.jobs;

import dev.ortune.error.InternalException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A long queue, by the product's own classes, on both databases: how long it takes to list a page of a
 * tenant's jobs and to claim the next job.
 */
final class QueueScenario implements JobScenario {

    private static final int WORKERS = 4;

    private static final Map<String, Function<Path, QueueDatabase>> DATABASES =
            Map.of("h2", QueueDatabase::h2, "postgresql", QueueDatabase::postgres);

    @Override
    public void run(JobsWorkshop workshop, JobsReport report) {
        report.addFact("queued jobs", Integer.toString(workshop.options().queued()));
        report.addFact("tenants", Integer.toString(workshop.options().tenants()));
        report.addFact("idle tenants", Integer.toString(workshop.options().idleTenants()));
        for (String kind : workshop.options().databases(DATABASES.keySet())) {
            try (QueueDatabase database = DATABASES.get(kind).apply(workshop.folder())) {
                measure(workshop, database, report);
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new InternalException("A database could not be closed.", e);
            }
        }
    }

    private static void measure(JobsWorkshop workshop, QueueDatabase database, JobsReport report) {
        JobsOptions options = workshop.options();
        String name = database.name();
        QueuedJobs jobs = new QueuedJobs(database.database().statements(), options.tenants());
        workshop.notice("Queueing " + options.queued() + " jobs in " + name);
        jobs.fill(options.queued());
        jobs.addIdleTenants(options.idleTenants());
        workshop.notice("Listing them");
        new ListTimes(jobs, options.tenants()).measure(name, options.lists()).forEach(report::add);
        ClaimTimes claims = new ClaimTimes(jobs);
        for (int workers : List.of(1, WORKERS)) {
            workshop.notice("Claiming by " + workers + " worker(s)");
            claims.measure(name, workers, options.claims()).forEach(report::add);
            // As many wait as before.
            jobs.fill(options.queued() - jobs.waiting());
        }
        workshop.notice("Claiming to validate");
        jobs.create(options.queued());
        report.add(claims.validations(name, options.claims()));
    }
}
