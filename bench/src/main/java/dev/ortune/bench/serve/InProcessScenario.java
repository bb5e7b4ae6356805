package dev.ortune.bench.serve;

import dev.ortune.bench.serve.load.ClosedLoop;
import dev.ortune.bench.serve.load.ServerProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The service under the most clients against what it computes with, in this process. */
final class InProcessScenario implements Scenario {

    @Override
    public void run(Workshop workshop, ServeReport report) {
        List<Path> adapters = workshop.adapters("one", 1);
        ServeOptions options = workshop.options();
        try (ServerProcess server = workshop.start(Side.ORTUNE, adapters, Map.of());
                InProcessModels models =
                        InProcessModels.open(workshop.base(), adapters.get(0), options.threads())) {
            for (TextKind kind : options.kinds()) {
                TextSet texts = workshop.texts(kind);
                report.add(texts);
                contest(workshop, report, server, models, texts);
            }
        }
    }

    private static void contest(
            Workshop workshop,
            ServeReport report,
            ServerProcess server,
            InProcessModels models,
            TextSet texts) {
        ServeOptions options = workshop.options();
        int clients = options.clients().get(options.clients().size() - 1);
        Contender http =
                Contender.http(
                        "over HTTP",
                        server,
                        Requests.forOne(Side.ORTUNE, RandomAdapters.name(0), texts),
                        clients);
        Contender session = inProcess("session", models.session(texts), texts, options);
        Contender classifier =
                inProcess("tokenizer and session", models.classifier(texts), texts, options);
        ClosedLoop.run(http.newClient(), workshop.plan(clients));
        ContestResult result =
                new Contest(
                                texts.label()
                                        + ", "
                                        + clients
                                        + " client(s), batches of "
                                        + options.inProcessBatch()
                                        + " in-process",
                                options.rounds(),
                                workshop.plan(clients),
                                workshop.console()::notice)
                        .run(List.of(http, session, classifier));
        report.add(result);
        report.add(Comparison.of(result, http.name(), session.name()));
        report.add(Comparison.of(result, http.name(), classifier.name()));
    }

    private static Contender inProcess(
            String name, InProcessModel model, TextSet texts, ServeOptions options) {
        return new Contender(
                name + " in-process",
                () -> new InProcessClient(model, texts, options.inProcessBatch()),
                1,
                Optional.empty());
    }
}
