package dev.ortune.bench.jobs;

import dev.ortune.bench.serve.load.HttpAnswer;
import dev.ortune.bench.tool.Finding;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Asks a service again and again whether it lives, and for its jobs, on a thread of its own. Whatever
 * happens to disks and databases: it lives, and it has its jobs or says that it cannot tell now.
 */
final class Pulse implements AutoCloseable {

    private static final Duration BETWEEN = Duration.ofMillis(500);
    private static final double NANOSECONDS = 1e9;
    private static final int NO_ANSWER = 0;

    private final JobsClient client;
    private final Thread thread = new Thread(this::run, "pulse");
    private final Map<Integer, Integer> ofLife = new TreeMap<>();
    private final Map<Integer, Integer> ofJobs = new TreeMap<>();
    private volatile boolean closing;
    private double slowest;

    private Pulse(JobsClient client) {
        this.client = client;
    }

    /** Begins. */
    static Pulse of(JobsClient client) {
        Pulse pulse = new Pulse(client);
        pulse.thread.start();
        return pulse;
    }

    /** What came of it; to be called after the end. */
    void report(String name, JobsReport report) {
        report.addFact(name + ": statuses of its jobs' list", ofJobs.toString());
        report.add(
                Finding.atMost(
                        name + ": times that it did not say that it lives",
                        others(ofLife, HttpAnswer.OK, HttpAnswer.OK),
                        "",
                        0));
        report.add(
                Finding.atMost(
                        name + ": lists answered with neither 200 nor 503",
                        others(ofJobs, HttpAnswer.OK, HttpAnswer.UNAVAILABLE),
                        "",
                        0));
        report.add(Finding.fact(name + ": slowest sign of life", slowest, "s"));
    }

    private static int others(Map<Integer, Integer> statuses, int expected, int alsoExpected) {
        return statuses.entrySet().stream()
                .filter(entry -> entry.getKey() != expected && entry.getKey() != alsoExpected)
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private void run() {
        while (!closing) {
            long begin = System.nanoTime();
            ofLife.merge(status("/q/health/live"), 1, Integer::sum);
            slowest = Math.max(slowest, (System.nanoTime() - begin) / NANOSECONDS);
            ofJobs.merge(status("/v1/fine_tuning/jobs"), 1, Integer::sum);
            Pause.of(BETWEEN);
        }
    }

    private int status(String path) {
        try {
            return client.status(path);
        } catch (IOException e) {
            return NO_ANSWER;
        }
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
