package dev.ortune.bench.serve;

import dev.ortune.bench.serve.load.ClosedLoop;
import dev.ortune.bench.serve.load.LoadPlan;
import dev.ortune.bench.serve.load.LoadResult;
import dev.ortune.bench.serve.load.ServerProcess;
import dev.ortune.error.ErrorCode;
import dev.ortune.error.InternalException;
import dev.ortune.error.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Lets sides alternate: in every round each is measured once, over the same requests, and who begins
 * changes from round to round. Only the measured side's server runs.
 *
 * @param title for people
 * @param rounds that count
 * @param plan of every measurement; the number of clients is the contender's
 * @param progress hears a line per measurement
 */
record Contest(String title, int rounds, LoadPlan plan, Consumer<String> progress) {

    /** Pools of threads spin for a while after their work. */
    private static final Duration REST = Duration.ofMillis(300);

    /** Requests of a round, at least: each begins at other texts. */
    private static final long STRIDE = 7919;

    /**
     * Measures.
     *
     * @param contenders none of whose servers may be stopped; nor are they afterwards
     */
    ContestResult run(List<Contender> contenders) {
        contenders.forEach(contender -> contender.server().ifPresent(ServerProcess::pause));
        Map<String, List<LoadResult>> results = new LinkedHashMap<>();
        contenders.forEach(contender -> results.put(contender.name(), new ArrayList<>()));
        try {
            for (int round = 0; round < rounds; round++) {
                for (int turn = 0; turn < contenders.size(); turn++) {
                    Contender contender = contenders.get((round + turn) % contenders.size());
                    LoadResult result = measure(contender, round);
                    results.get(contender.name()).add(result);
                    progress.accept(line(contender, round, result));
                }
            }
        } finally {
            contenders.forEach(contender -> contender.server().ifPresent(ServerProcess::resume));
        }
        return new ContestResult(title, results);
    }

    private LoadResult measure(Contender contender, int round) {
        contender.server().ifPresent(ServerProcess::resume);
        try {
            Thread.sleep(REST.toMillis());
            LoadPlan mine =
                    new LoadPlan(
                            contender.clients(),
                            plan.warmUp(),
                            plan.window(),
                            plan.answersPerClient(),
                            STRIDE * round);
            LoadResult result = ClosedLoop.run(contender.newClient(), mine);
            if (result.latencySeconds().isEmpty()) {
                throw new UnavailableException(
                        ErrorCode.RUNTIME_UNAVAILABLE,
                        contender.name()
                                + " answered no request; failures by status: "
                                + result.failures()
                                + ".",
                        "Ask it by hand, or choose other sides with --sides.");
            }
            return result;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InternalException("The benchmark was interrupted.", e);
        } finally {
            contender.server().ifPresent(ServerProcess::pause);
        }
    }

    private String line(Contender contender, int round, LoadResult result) {
        return String.format(
                Locale.ROOT,
                "%s, round %d: %s %.1f texts/s, p50 %.1f ms%s",
                title,
                round + 1,
                contender.name(),
                result.textsPerSecond(),
                1000 * result.latencies().median(),
                result.failures().isEmpty() ? "" : ", failures " + result.failures());
    }
}
