package dev.ortune.bench.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.base.BundledBase;
import dev.ortune.bench.race.Quantiles;
import dev.ortune.bench.tool.Figures;
import dev.ortune.bench.tool.Finding;
import dev.ortune.error.InternalException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The same job with and without hundreds of listeners to its events, in turn: what they take from its
 * training, and whether each hears all of them in their order.
 */
final class ListenersScenario implements JobScenario {

    private static final double WANTED_PERCENT = 3;
    private static final int WARM_UP_ROWS = 40;
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final Duration END_OF_STREAMS = Duration.ofSeconds(30);

    /**
     * How a training went.
     *
     * @param tokensPerSecond in its steps
     * @param serviceSeconds that the service's own process computed meanwhile, without the training's
     * @param events of the job
     */
    private record Outcome(
            double tokensPerSecond, double serviceSeconds, long events, List<EventListener> heard) {

        Outcome {
            heard = List.copyOf(heard);
        }
    }

    @Override
    public void run(JobsWorkshop workshop, JobsReport report) {
        JobBatch.Work work = ReviewWork.of(workshop.options().rows());
        List<Outcome> with = new ArrayList<>();
        List<Outcome> without = new ArrayList<>();
        try (JobService service =
                workshop.start(workshop.folder().resolve("home"), BundledBase.NAME, Map.of())) {
            train(workshop, service, ReviewWork.of(WARM_UP_ROWS), "warm-up", 1);
            for (int pair = 0; pair < workshop.options().listenerPairs(); pair++) {
                // Who begins changes with every pair.
                for (boolean listened : List.of(pair % 2 == 1, pair % 2 == 0)) {
                    Outcome outcome =
                            train(
                                    workshop,
                                    service,
                                    work,
                                    "pair-" + pair + "-" + listened,
                                    listened ? workshop.options().listeners() : 0);
                    (listened ? with : without).add(outcome);
                    workshop.notice(
                            "Pair "
                                    + (pair + 1)
                                    + (listened ? ", with listeners: " : ", without: ")
                                    + Figures.of(outcome.tokensPerSecond())
                                    + " tokens/s");
                }
            }
        }
        report(workshop, report, with, without);
    }

    private static void report(
            JobsWorkshop workshop, JobsReport report, List<Outcome> with, List<Outcome> without) {
        List<Double> percents = new ArrayList<>();
        for (int pair = 0; pair < with.size(); pair++) {
            percents.add(
                    100
                            * (without.get(pair).tokensPerSecond()
                                            / with.get(pair).tokensPerSecond()
                                    - 1));
        }
        Quantiles slowDown = Quantiles.of(percents);
        report.addFact("base", BundledBase.NAME);
        report.addFact("rows", Integer.toString(workshop.options().rows()));
        report.add(Finding.fact("pairs", with.size(), ""));
        report.add(Finding.fact("listeners", workshop.options().listeners(), ""));
        report.add(Finding.fact("tokens/s without, median", median(without, false), ""));
        report.add(Finding.fact("tokens/s with, median", median(with, false), ""));
        report.add(Finding.fact("slow-down, lower quartile", slowDown.lowerQuartile(), "%"));
        report.add(Finding.atMost("slow-down, median", slowDown.median(), "%", WANTED_PERCENT));
        report.add(Finding.fact("slow-down, upper quartile", slowDown.upperQuartile(), "%"));
        report.add(
                Finding.fact(
                        "service's processor time without, median", median(without, true), "s"));
        report.add(Finding.fact("service's processor time with, median", median(with, true), "s"));
        report.add(Finding.fact("events of a job", with.get(0).events(), ""));
        report.add(Finding.atMost("listeners that missed an event", count(with), "", 0));
    }

    private static double median(List<Outcome> outcomes, boolean seconds) {
        return Quantiles.of(
                        outcomes.stream()
                                .map(
                                        outcome ->
                                                seconds
                                                        ? outcome.serviceSeconds()
                                                        : outcome.tokensPerSecond())
                                .toList())
                .median();
    }

    private static long count(List<Outcome> outcomes) {
        return outcomes.stream()
                .mapToLong(
                        outcome ->
                                outcome.heard().stream()
                                        .filter(
                                                one ->
                                                        !one.isDone()
                                                                || one.gaps() > 0
                                                                || one.last() != outcome.events())
                                        .count())
                .sum();
    }

    private static Outcome train(
            JobsWorkshop workshop, JobService service, JobBatch.Work work, String name, int count) {
        Duration before = processorTime(service);
        JobBatch batch = JobBatch.create(service.client(), work, name, 1);
        String id = batch.ids().get(0);
        List<EventListener> heard = List.of();
        try (EventListeners listeners =
                EventListeners.connect(service.process().port(), id, count)) {
            batch.awaitEnd(PATIENCE);
            heard = listeners.awaitEnd(END_OF_STREAMS);
        }
        Duration after = processorTime(service);
        JsonNode steps = Pause.untilAnswered(PATIENCE, () -> service.client().steps(id));
        JsonNode events = Pause.untilAnswered(PATIENCE, () -> service.client().events(id));
        if (steps.isEmpty()) {
            throw new InternalException("The job " + id + " was not trained.");
        }
        return new Outcome(
                steps.get(steps.size() - 1).path("tokens_per_second").asDouble(),
                after.minus(before).toMillis() / 1e3,
                events.size(),
                heard);
    }

    private static Duration processorTime(JobService service) {
        return ProcessHandle.of(service.process().pid())
                .flatMap(handle -> handle.info().totalCpuDuration())
                .orElse(Duration.ZERO);
    }
}
