package dev.ortune.bench.serve.load;

import dev.ortune.error.InternalException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Clients that ask, wait and ask again, a thread for each. When the window ends no request is sent any
 * more, but those under way are waited for: the other side is left without work.
 */
public final class ClosedLoop {

    private static final Duration LOOK = Duration.ofMillis(5);
    private static final Duration AFTER_FAILURE = Duration.ofMillis(20);

    private final Supplier<LoadClient> newClient;
    private final LoadPlan plan;
    private final AtomicLong sequence;
    private final AtomicLong answers = new AtomicLong();
    private final AtomicInteger clientsWithAnswer = new AtomicInteger();
    private volatile boolean ended;

    private ClosedLoop(Supplier<LoadClient> newClient, LoadPlan plan) {
        this.newClient = newClient;
        this.plan = plan;
        this.sequence = new AtomicLong(plan.firstSequence());
    }

    /** Runs a load; blocks until its last answer is there. */
    public static LoadResult run(Supplier<LoadClient> newClient, LoadPlan plan) {
        return new ClosedLoop(newClient, plan).run();
    }

    private LoadResult run() {
        ExecutorService threads = Executors.newFixedThreadPool(plan.clients());
        try {
            List<Future<List<Exchange>>> clients = new ArrayList<>();
            for (int client = 0; client < plan.clients(); client++) {
                clients.add(threads.submit(this::askUntilEnd));
            }
            long start = System.nanoTime();
            while (isBefore(start, plan.warmUp()) || clientsWithAnswer.get() < plan.clients()) {
                pause(LOOK);
            }
            long enough = answers.get() + (long) plan.clients() * plan.answersPerClient();
            double cpu = cpuSeconds();
            long windowStart = System.nanoTime();
            while (isBefore(windowStart, plan.window()) || answers.get() < enough) {
                pause(LOOK);
            }
            long windowEnd = System.nanoTime();
            double spent = cpuSeconds() - cpu;
            ended = true;
            List<Exchange> all = new ArrayList<>();
            for (Future<List<Exchange>> client : clients) {
                all.addAll(client.get());
            }
            return new LoadResult(all, windowStart, windowEnd, spent);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InternalException("The load was interrupted.", e);
        } catch (ExecutionException e) {
            throw new InternalException("A client of the load failed.", e);
        } finally {
            ended = true;
            threads.shutdownNow();
        }
    }

    private List<Exchange> askUntilEnd() throws InterruptedException {
        List<Exchange> exchanges = new ArrayList<>();
        try (LoadClient client = newClient.get()) {
            while (!ended) {
                long start = System.nanoTime();
                Work work = client.ask(sequence.getAndIncrement());
                exchanges.add(new Exchange(start, System.nanoTime(), work));
                answers.incrementAndGet();
                if (exchanges.size() == 1) {
                    clientsWithAnswer.incrementAndGet();
                }
                if (!work.succeeded()) {
                    pause(AFTER_FAILURE);
                }
            }
        }
        return exchanges;
    }

    private static boolean isBefore(long start, Duration time) {
        return System.nanoTime() - start < time.toNanos();
    }

    private static void pause(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis());
    }

    private static double cpuSeconds() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .map(time -> time.toNanos() / 1e9)
                .orElse(Double.NaN);
    }
}
