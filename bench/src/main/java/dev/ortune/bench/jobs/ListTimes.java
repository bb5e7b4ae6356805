package dev.ortune.bench.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;

/** How long it takes to list a page of a tenant's jobs, wherever the page is. */
final class ListTimes {

    private static final double WANTED_MILLISECONDS = 50;
    private static final List<Integer> LIMITS = List.of(20, 100);
    private static final int WARM_UP = 200;
    private static final int PLACES = 3;
    private static final List<Filter> FILTERS =
            List.of(
                    new Filter("", job -> Map.of()),
                    new Filter(
                            ", by a note of every fifth",
                            job -> Map.of("team", QueuedJobs.team(job % QueuedJobs.TEAMS))),
                    new Filter(", by a note of one job", job -> Map.of("run", "run-" + job)),
                    new Filter(", by a note of none", job -> Map.of("run", "none-" + job)));

    private final Random random = new Random(1);
    private final QueuedJobs jobs;
    private final int tenants;

    ListTimes(QueuedJobs jobs, int tenants) {
        this.jobs = jobs;
        this.tenants = tenants;
    }

    /** Which jobs are wanted. */
    private record Filter(String name, IntFunction<Map<String, String>> metadata) {}

    /**
     * Lists every kind of page.
     *
     * @param database its name
     * @param times each
     */
    List<Timing> measure(String database, int times) {
        List<Timing> timings = new ArrayList<>();
        for (Filter filter : FILTERS) {
            for (int limit : LIMITS) {
                list(filter, limit, WARM_UP);
                timings.add(
                        new Timing(
                                database + ": list " + limit + filter.name(),
                                list(filter, limit, times).quantiles(),
                                WANTED_MILLISECONDS));
            }
        }
        return timings;
    }

    /** Another tenant each time, and in turn its newest page, one anywhere, and its oldest. */
    private Stopwatch list(Filter filter, int limit, int times) {
        Stopwatch watch = new Stopwatch();
        int perTenant = jobs.created() / tenants;
        for (int time = 0; time < times; time++) {
            int tenant = random.nextInt(tenants);
            Optional<String> after =
                    switch (time % PLACES) {
                        case 0 -> Optional.empty();
                        case 1 -> Optional.of(id(tenant, random.nextInt(perTenant)));
                        default -> Optional.of(id(tenant, Math.min(perTenant - 1, limit)));
                    };
            Map<String, String> metadata =
                    filter.metadata().apply(random.nextInt(perTenant) * tenants + tenant);
            watch.time(() -> jobs.store().list(jobs.tenant(tenant), after, limit, metadata));
        }
        return watch;
    }

    /** A tenant's job by its age, 0 for the oldest. */
    private String id(int tenant, int age) {
        return jobs.id(age * tenants + tenant);
    }
}
