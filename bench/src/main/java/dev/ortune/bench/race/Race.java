package dev.ortune.bench.race;

import dev.ortune.error.ErrorCode;
import dev.ortune.error.InternalException;
import dev.ortune.error.InvalidInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Runs races, each between two fresh processes.
 *
 * @param ours how Ortune's worker is started
 * @param theirs how PyTorch's worker is started
 * @param adapter the folder of the parameters to start from
 * @param threads that compute, the same number on either side
 * @param device that trains, the same on either side: {@code cpu} or {@code cuda}
 * @param warmUp pairs before the first that counts
 * @param progress hears a line per pair
 */
record Race(
        WorkerCommand ours,
        WorkerCommand theirs,
        Path adapter,
        int threads,
        String device,
        int warmUp,
        Consumer<String> progress) {

    /**
     * Runs a race.
     *
     * @param batches one per pair, the warm-up's first
     * @throws dev.ortune.error.UnavailableException {@code RUNTIME_UNAVAILABLE} when a side cannot
     *     run
     * @throws InvalidInputException {@code ADAPTER_MISMATCH} when the sides do not train the same
     */
    RaceResult run(RaceCase raceCase, boolean dropout, List<RaceBatch> batches) {
        try (WorkerProcess theirWorker = WorkerProcess.launch(theirs);
                WorkerProcess ourWorker = WorkerProcess.launch(ours)) {
            Reply.Started theyStarted = theirWorker.start(start(theirs, dropout));
            Reply.Started weStarted = ourWorker.start(start(ours, dropout));
            requireSameSize(raceCase, weStarted, theyStarted);
            List<Pair> pairs = new ArrayList<>();
            for (int step = 1; step <= batches.size(); step++) {
                Pair pair = pair(ourWorker, theirWorker, batches.get(step - 1), step % 2 == 1);
                report(raceCase, dropout, step, pair);
                if (!dropout) {
                    LossCheck.require(raceCase, step, pair);
                }
                if (step > warmUp) {
                    pairs.add(pair);
                }
            }
            Reply.Finished theyFinished = theirWorker.finish();
            rest();
            return new RaceResult(
                    raceCase,
                    dropout,
                    threads,
                    pairs,
                    ourWorker.finish(),
                    theyFinished,
                    theyStarted.versions());
        }
    }

    private Request.Start start(WorkerCommand command, boolean dropout) {
        return new Request.Start(
                command.base().toString(), adapter.toString(), threads, dropout, device);
    }

    private static Pair pair(
            WorkerProcess ours, WorkerProcess theirs, RaceBatch batch, boolean oursFirst) {
        Request.Step step = batch.step(RaceRules.LEARNING_RATE);
        if (oursFirst) {
            Reply.Stepped first = rested(ours, step);
            return new Pair(batch, first, rested(theirs, step));
        }
        Reply.Stepped first = rested(theirs, step);
        return new Pair(batch, rested(ours, step), first);
    }

    private static Reply.Stepped rested(WorkerProcess worker, Request.Step step) {
        rest();
        return worker.step(step);
    }

    private static void rest() {
        try {
            Thread.sleep(RaceRules.REST.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InternalException("The race was interrupted.", e);
        }
    }

    private void report(RaceCase raceCase, boolean dropout, int step, Pair pair) {
        progress.accept(
                String.format(
                        Locale.ROOT,
                        "%s, dropout %s, %s %d: ours %.3f s, theirs %.3f s, %.2fx; losses %.5f %.5f",
                        raceCase.name(),
                        dropout ? "on" : "off",
                        step > warmUp ? "pair" : "warm-up",
                        step > warmUp ? step - warmUp : step,
                        pair.ours().seconds(),
                        pair.theirs().seconds(),
                        pair.ratio(),
                        pair.ours().loss(),
                        pair.theirs().loss()));
    }

    private static void requireSameSize(
            RaceCase raceCase, Reply.Started ours, Reply.Started theirs) {
        if (ours.trainableParameters() != theirs.trainableParameters()) {
            throw new InvalidInputException(
                    ErrorCode.ADAPTER_MISMATCH,
                    raceCase.name()
                            + ": Ortune trains "
                            + ours.trainableParameters()
                            + " values and PyTorch "
                            + theirs.trainableParameters()
                            + ", so the race is void.",
                    "Use a version of PEFT that tools/oracle/README.md names.");
        }
    }
}
