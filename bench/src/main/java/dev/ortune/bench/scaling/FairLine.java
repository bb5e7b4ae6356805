package dev.ortune.bench.scaling;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.TreeSet;

/**
 * A model of the service's queue, which a test compares with it: the highest priority first, then the
 * tenant with the fewest running jobs, then the oldest job. Where it asks a database, this one knows.
 */
final class FairLine implements JobLine {

    private static final Comparator<Tenant> ORDER =
            Comparator.comparingInt((Tenant tenant) -> tenant.waiting.element().priority())
                    .reversed()
                    .thenComparingInt(tenant -> tenant.running)
                    .thenComparingLong(tenant -> tenant.waiting.element().sequence());

    private final int maxRunningPerTenant;
    private final Map<Integer, Tenant> tenants = new HashMap<>();

    /** Tenants of whom a job may be taken. A tenant is out of it while it changes. */
    private final TreeSet<Tenant> line = new TreeSet<>(ORDER);

    FairLine(int maxRunningPerTenant) {
        this.maxRunningPerTenant = maxRunningPerTenant;
    }

    private static final class Tenant {
        private final Queue<WaitingJob> waiting = new PriorityQueue<>(WaitingJob.ORDER);
        private int running;
    }

    @Override
    public void add(WaitingJob job) {
        Tenant tenant = tenants.computeIfAbsent(job.tenant(), number -> new Tenant());
        stepOut(tenant);
        tenant.waiting.add(job);
        stepIn(tenant);
    }

    @Override
    public Optional<WaitingJob> claim() {
        if (line.isEmpty()) {
            return Optional.empty();
        }
        Tenant tenant = line.first();
        stepOut(tenant);
        WaitingJob job = tenant.waiting.remove();
        tenant.running++;
        stepIn(tenant);
        return Optional.of(job);
    }

    @Override
    public void left(int number) {
        Tenant tenant = tenants.get(number);
        stepOut(tenant);
        tenant.running--;
        stepIn(tenant);
    }

    private void stepOut(Tenant tenant) {
        if (!tenant.waiting.isEmpty()) {
            line.remove(tenant);
        }
    }

    private void stepIn(Tenant tenant) {
        if (!tenant.waiting.isEmpty() && tenant.running < maxRunningPerTenant) {
            line.add(tenant);
        }
    }
}
