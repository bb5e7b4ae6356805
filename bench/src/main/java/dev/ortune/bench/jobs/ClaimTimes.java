package dev.ortune.bench.jobs;

import dev.ortune.error.InternalException;
import dev.ortune.job.Claim;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** How long workers take to claim a job of a long queue, and to leave it. */
final class ClaimTimes {

    private static final double WANTED_MILLISECONDS = 10;
    private static final int WARM_UP = 200;

    private final QueuedJobs jobs;
    private final Set<String> claimed = ConcurrentHashMap.newKeySet();

    ClaimTimes(QueuedJobs jobs) {
        this.jobs = jobs;
    }

    /**
     * Has workers claim jobs and leave them as succeeded; there must be enough.
     *
     * @param database its name
     * @param times all workers together
     */
    List<Timing> measure(String database, int workers, int times) {
        Stopwatch claims = new Stopwatch();
        Stopwatch leaves = new Stopwatch();
        Stopwatch both = new Stopwatch();
        for (int count : List.of(Math.min(WARM_UP, times), times)) {
            List.of(claims, leaves, both).forEach(Stopwatch::reset);
            Parallel.run(
                    workers,
                    () -> {
                        for (int time = 0; time < count / workers; time++) {
                            both.time(() -> once(claims, leaves));
                        }
                    });
        }
        String who = workers == 1 ? ", one worker" : ", each of " + workers + " workers";
        return List.of(
                new Timing(database + ": claim" + who, claims.quantiles(), WANTED_MILLISECONDS),
                new Timing(database + ": leave" + who, leaves.quantiles(), WANTED_MILLISECONDS),
                new Timing(
                        database + ": claim and leave" + who,
                        both.quantiles(),
                        WANTED_MILLISECONDS));
    }

    /** Has one worker claim jobs to validate; so many must wait for it. */
    Timing validations(String database, int times) {
        Stopwatch claims = new Stopwatch();
        for (int time = 0; time < times; time++) {
            Optional<Claim> claim = claims.time(jobs::claimToValidate);
            jobs.validated(claim.orElseThrow(ClaimTimes::none));
        }
        return new Timing(
                database + ": claim to validate", claims.quantiles(), WANTED_MILLISECONDS);
    }

    private boolean once(Stopwatch claims, Stopwatch leaves) {
        Optional<Claim> found = claims.time(jobs::claim);
        Claim claim = found.orElseThrow(ClaimTimes::none);
        if (!claimed.add(claim.job().id())) {
            throw new InternalException(claim.job().id() + " was claimed twice.");
        }
        return leaves.time(() -> jobs.succeeded(claim));
    }

    private static InternalException none() {
        return new InternalException("A worker got no job, although many wait.");
    }
}
