package dev.ortune.bench.serve;

import dev.ortune.bench.serve.load.HttpAnswer;
import dev.ortune.bench.serve.load.ServerProcess;
import dev.ortune.bench.serve.load.TextRequest;
import dev.ortune.bench.tool.Finding;
import dev.ortune.error.InternalException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;

/**
 * What an adapter's first request pays: every adapter is asked by one client, and at once again; then
 * what the service itself says of its loads.
 */
final class ColdScenario implements Scenario {

    private static final int ADAPTERS = 200;
    private static final double ALLOWED_MILLISECONDS = 20;
    private static final String LOADS = "ortune_adapter_load_seconds";

    @Override
    public void run(Workshop workshop, ServeReport report) {
        TextSet texts = workshop.texts(TextKind.SST2);
        List<Path> folders = workshop.adapters("cold", ADAPTERS);
        List<Double> first = new ArrayList<>();
        List<Double> second = new ArrayList<>();
        try (ServerProcess server = workshop.start(Side.ORTUNE, folders, Map.of())) {
            LongFunction<TextRequest> requests =
                    Requests.forMany(texts, sequence -> RandomAdapters.name((int) sequence));
            for (int turn = 0; turn < ADAPTERS; turn++) {
                // The first one warmed the service up, at its start.
                if (turn > 0) {
                    first.add(milliseconds(server, requests.apply(turn)));
                    second.add(milliseconds(server, requests.apply(turn)));
                }
            }
            double loads = metric(server, LOADS + "_count");
            report.add(Finding.fact("adapters read", loads, ""));
            report.add(Finding.fact("first request, median", median(first), "ms"));
            report.add(Finding.fact("second request, median", median(second), "ms"));
            report.add(
                    Finding.atMost(
                            "reading an adapter, mean",
                            1000 * metric(server, LOADS + "_sum") / loads,
                            "ms",
                            ALLOWED_MILLISECONDS));
        }
    }

    private static double milliseconds(ServerProcess server, TextRequest request) {
        long begin = System.nanoTime();
        try {
            HttpAnswer answer = server.send(request.bytes());
            if (answer.status() != HttpAnswer.OK) {
                throw new InternalException("The service answers " + answer.text() + ".");
            }
        } catch (IOException e) {
            throw new InternalException("The service does not answer.", e);
        }
        return (System.nanoTime() - begin) / 1e6;
    }

    private static double metric(ServerProcess server, String name) {
        return ServiceMetrics.read(server, name)
                .orElseThrow(() -> new InternalException("The service has no " + name + "."));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
