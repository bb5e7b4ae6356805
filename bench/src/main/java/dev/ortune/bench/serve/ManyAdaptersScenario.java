package dev.ortune.bench.serve;

import dev.ortune.bench.serve.load.ClosedLoop;
import dev.ortune.bench.serve.load.ServerProcess;
import dev.ortune.bench.tool.Finding;
import dev.ortune.bench.tool.ZipfSampler;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.LongToIntFunction;

/**
 * One adapter against some at random, and against many more than memory holds, asked for as Zipf's law
 * has it. The first two ask the same server.
 */
final class ManyAdaptersScenario implements Scenario {

    /** How a budget reaches the service. */
    static final String BUDGET = "ORTUNE_ADAPTERS_MEMORY_BUDGET";

    private static final double ZIPF_EXPONENT = 1;

    @Override
    public void run(Workshop workshop, ServeReport report) {
        ServeOptions options = workshop.options();
        int some = options.adapters();
        int all = options.registered();
        Map<String, String> budget = Map.of(BUDGET, options.memoryBudget());
        List<Path> few = workshop.adapters("some", some);
        List<Path> many = workshop.adapters("registered", all);
        try (ServerProcess small = workshop.start(Side.ORTUNE, few, budget);
                ServerProcess large = workshop.start(Side.ORTUNE, many, budget)) {
            for (TextKind kind : options.kinds()) {
                TextSet texts = workshop.texts(kind);
                report.add(texts);
                for (int clients : options.clients()) {
                    contest(workshop, report, small, large, texts, clients);
                }
            }
        }
        report.add(Finding.fact("adapters at random", some, ""));
        report.add(Finding.fact("adapters registered", all, ""));
    }

    private static void contest(
            Workshop workshop,
            ServeReport report,
            ServerProcess small,
            ServerProcess large,
            TextSet texts,
            int clients) {
        ServeOptions options = workshop.options();
        ZipfSampler alike = new ZipfSampler(options.adapters(), 0);
        ZipfSampler popular = new ZipfSampler(options.registered(), ZIPF_EXPONENT);
        Contender one = contender("1 adapter", small, texts, sequence -> 0, clients);
        Contender some =
                contender(options.adapters() + " at random", small, texts, alike::rank, clients);
        Contender many =
                contender(
                        options.registered() + " registered, Zipf",
                        large,
                        texts,
                        popular::rank,
                        clients);
        List<Contender> contenders = List.of(one, some, many);
        for (Contender contender : contenders) {
            // The resident adapters are to be those that popularity keeps there.
            ClosedLoop.run(contender.newClient(), workshop.plan(clients));
        }
        ContestResult result =
                new Contest(
                                texts.label() + ", " + clients + " client(s)",
                                options.rounds(),
                                workshop.plan(clients),
                                workshop.console()::notice)
                        .run(contenders);
        report.add(result);
        report.add(Comparison.of(result, some.name(), one.name()));
        report.add(Comparison.of(result, many.name(), one.name()));
    }

    private static Contender contender(
            String name,
            ServerProcess server,
            TextSet texts,
            LongToIntFunction adapter,
            int clients) {
        return Contender.http(
                name,
                server,
                Requests.forMany(
                        texts, sequence -> RandomAdapters.name(adapter.applyAsInt(sequence))),
                clients);
    }
}
