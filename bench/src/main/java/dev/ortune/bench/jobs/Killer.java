package dev.ortune.bench.jobs;

import dev.ortune.bench.serve.load.ServerProcess;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Ends processes at random moments and starts the service again. For one thread. */
final class Killer {

    private static final double TRAINING_ALONE = 0.3;
    private static final double ORDERLY = 0.25;
    private static final double WHILE_IT_STARTS = 0.2;
    private static final int LEAST_MILLISECONDS = 50;
    private static final int MOST_MILLISECONDS = 6000;
    private static final int MOST_STARTING_MILLISECONDS = 3000;

    private final JobService service;
    private final Random random;
    private final Map<String, Integer> kills = new TreeMap<>();

    /**
     * A killer.
     *
     * @param seed of its moments and its victims
     */
    Killer(JobService service, long seed) {
        this.service = service;
        this.random = new Random(seed);
    }

    /** Lets the service work for a moment. */
    void rest() {
        Pause.of(
                Duration.ofMillis(
                        LEAST_MILLISECONDS
                                + random.nextInt(MOST_MILLISECONDS - LEAST_MILLISECONDS)));
    }

    /** Ends one process; the service is there again when this returns. */
    void strike() {
        ServerProcess process = service.process();
        if (random.nextDouble() < TRAINING_ALONE) {
            List<ProcessHandle> trainings = process.children();
            trainings.forEach(ProcessHandle::destroyForcibly);
            // Where nothing is trained there is nobody to kill.
            if (!trainings.isEmpty()) {
                count("the training alone, SIGKILL");
            }
            return;
        }
        boolean starting;
        do {
            if (random.nextDouble() < ORDERLY) {
                process.terminate();
                count("the service, SIGTERM");
            } else {
                process.kill();
                count("the service, SIGKILL");
            }
            service.launchAgain();
            process = service.process();
            starting = random.nextDouble() < WHILE_IT_STARTS;
            if (starting) {
                Pause.of(Duration.ofMillis(random.nextInt(MOST_STARTING_MILLISECONDS)));
            }
        } while (starting);
        process.awaitReady();
    }

    /** What was killed, and how often. */
    Map<String, Integer> kills() {
        return kills;
    }

    /** How many processes were killed. */
    int count() {
        return kills.values().stream().mapToInt(Integer::intValue).sum();
    }

    private void count(String victim) {
        kills.merge(victim, 1, Integer::sum);
    }
}
