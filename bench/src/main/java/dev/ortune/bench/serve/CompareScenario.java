package dev.ortune.bench.serve;

import dev.ortune.bench.serve.load.ClosedLoop;
import dev.ortune.bench.serve.load.ServerProcess;
import dev.ortune.bench.serve.load.TextRequest;
import dev.ortune.bench.tool.Finding;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/** One adapter, the same texts, every side: throughput and latency by texts and clients. */
final class CompareScenario implements Scenario {

    private static final int COMPARED_TEXTS = 8;
    private static final int WARM_UP_CLIENTS = 16;

    @Override
    public void run(Workshop workshop, ServeReport report) {
        List<Side> sides = workshop.options().sides();
        List<Path> adapters = workshop.adapters("one", 1);
        List<TextSet> sets = workshop.options().kinds().stream().map(workshop::texts).toList();
        sets.forEach(report::add);
        try (Servers servers = new Servers()) {
            for (Side side : sides) {
                ServerProcess server = servers.add(side, workshop.start(side, adapters, Map.of()));
                if (!side.isOrtune()) {
                    report.addVersions(server);
                }
                // The others shall start undisturbed.
                server.pause();
            }
            for (TextSet texts : sets) {
                requireAgreement(servers, sides, texts, report);
                warmUp(workshop, servers, sides, texts);
            }
            for (TextSet texts : sets) {
                for (int clients : workshop.options().clients()) {
                    contest(workshop, report, servers, sides, texts, clients);
                }
            }
        }
    }

    private static void contest(
            Workshop workshop,
            ServeReport report,
            Servers servers,
            List<Side> sides,
            TextSet texts,
            int clients) {
        List<Contender> contenders = new ArrayList<>();
        for (Side side : sides) {
            contenders.add(
                    Contender.http(side.label(), servers.of(side), requests(side, texts), clients));
        }
        ContestResult result =
                new Contest(
                                texts.label() + ", " + clients + " client(s)",
                                workshop.options().rounds(),
                                workshop.plan(clients),
                                workshop.console()::notice)
                        .run(contenders);
        report.add(result);
        for (Side other : sides.subList(1, sides.size())) {
            report.add(Comparison.of(result, sides.get(0).label(), other.label()));
        }
    }

    private static void requireAgreement(
            Servers servers, List<Side> sides, TextSet texts, ServeReport report) {
        Map<String, List<Double>> probabilities = new LinkedHashMap<>();
        for (Side side : sides.stream().filter(Side::isExact).toList()) {
            servers.of(side).resume();
            probabilities.put(
                    side.label(),
                    AgreementCheck.probabilities(
                            servers.of(side), requests(side, texts), COMPARED_TEXTS));
            servers.of(side).pause();
        }
        report.add(
                Finding.atMost(
                        "greatest difference between the sides' probabilities, " + texts.label(),
                        1e6 * AgreementCheck.require(probabilities),
                        "millionths",
                        1e6 * AgreementCheck.TOLERANCE));
    }

    /** Compilers and pools of memory want more than a round's warm-up. */
    private static void warmUp(
            Workshop workshop, Servers servers, List<Side> sides, TextSet texts) {
        for (Side side : sides) {
            servers.of(side).resume();
            Contender contender =
                    Contender.http(
                            side.label(), servers.of(side), requests(side, texts), WARM_UP_CLIENTS);
            ClosedLoop.run(contender.newClient(), workshop.plan(WARM_UP_CLIENTS));
            servers.of(side).pause();
        }
    }

    private static LongFunction<TextRequest> requests(Side side, TextSet texts) {
        return Requests.forOne(side, RandomAdapters.name(0), texts);
    }
}
