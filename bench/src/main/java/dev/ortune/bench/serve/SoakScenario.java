package dev.ortune.bench.serve;

import dev.ortune.bench.serve.load.ClosedLoop;
import dev.ortune.bench.serve.load.HttpClient;
import dev.ortune.bench.serve.load.LoadPlan;
import dev.ortune.bench.serve.load.LoadResult;
import dev.ortune.bench.serve.load.ServerProcess;
import dev.ortune.bench.serve.load.TextRequest;
import dev.ortune.bench.tool.Finding;
import dev.ortune.bench.tool.ZipfSampler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.LongFunction;
import java.util.stream.IntStream;

/** Saturation for long while adapters are published and deleted: nothing may fail, grow or leak. */
final class SoakScenario implements Scenario {

    /**
     * Blocks of adapters that were deleted, kept for the next ones: 16 MB at most. A leak per published
     * adapter would be hundreds.
     */
    private static final int SPARE_BLOCKS = 6;

    private static final int LASTING = 4;
    private static final int ARCHIVES = 8;
    private static final double PERCENT_OF_GROWTH = 3;
    private static final int TOO_MANY_REQUESTS = 429;

    @Override
    public void run(Workshop workshop, ServeReport report) {
        ServeOptions options = workshop.options();
        TextSet texts = workshop.texts(TextKind.SST2);
        report.add(texts);
        List<Path> folders = workshop.adapters("soak", options.adapters());
        List<byte[]> archives =
                workshop.adapters("soak-archives", ARCHIVES).stream().map(ZipBody::of).toList();
        List<String> lasting =
                IntStream.range(0, LASTING).mapToObj(number -> "lasting-" + number).toList();
        try (ServerProcess server = workshop.start(Side.ORTUNE, folders, Map.of())) {
            Publisher publisher = new Publisher(server, archives, texts, lasting);
            publisher.publishLasting();
            LongFunction<TextRequest> requests =
                    Requests.forMany(texts, names(options.adapters(), lasting));
            int clients = options.clients().get(options.clients().size() - 1);
            // All adapters are loaded, and all code has run, before handles are counted.
            ClosedLoop.run(() -> new HttpClient(server.port(), requests), workshop.plan(clients));
            OptionalDouble handles = ServiceMetrics.read(server, ServiceMetrics.NATIVE_HANDLES);
            soak(workshop, report, server, publisher, requests, clients);
            reportHandles(report, server, handles);
        }
    }

    private static void soak(
            Workshop workshop,
            ServeReport report,
            ServerProcess server,
            Publisher publisher,
            LongFunction<TextRequest> requests,
            int clients) {
        Duration time = workshop.options().soak();
        MemoryWatch watch = new MemoryWatch(server.pid());
        Thread publishing = new Thread(publisher, "publisher");
        Thread watching = new Thread(watch, "memory watch");
        publishing.start();
        watching.start();
        LoadResult result;
        try {
            result =
                    ClosedLoop.run(
                            () -> new HttpClient(server.port(), requests),
                            new LoadPlan(clients, Duration.ZERO, time, 1, 0));
        } finally {
            publisher.end();
            watch.end();
            Workshop.join(publishing);
            Workshop.join(watching);
        }
        reportLoad(report, result, publisher);
        MemoryLog log = watch.log();
        report.add(Finding.fact("RSS in the second tenth", log.median(1) / 1e6, "MB"));
        report.add(Finding.fact("RSS in the last tenth", log.median(9) / 1e6, "MB"));
        report.add(Finding.atMost("growth of RSS", 100 * log.growth(), "%", PERCENT_OF_GROWTH));
    }

    private static void reportLoad(ServeReport report, LoadResult result, Publisher publisher) {
        report.add(Finding.fact("texts/s", result.textsPerSecond(), ""));
        report.add(Finding.fact("p99", 1000 * result.latencies().at(ContestResult.P99), "ms"));
        report.add(
                Finding.fact(
                        "requests shed with 429",
                        result.failures().getOrDefault(TOO_MANY_REQUESTS, 0L),
                        ""));
        result.failures().entrySet().stream()
                .filter(entry -> entry.getKey() != TOO_MANY_REQUESTS)
                .forEach(
                        entry ->
                                report.add(
                                        Finding.fact(
                                                "requests with status " + entry.getKey(),
                                                entry.getValue(),
                                                "")));
        long failures =
                result.failures().entrySet().stream()
                        .filter(entry -> entry.getKey() != TOO_MANY_REQUESTS)
                        .mapToLong(Map.Entry::getValue)
                        .sum();
        report.add(Finding.atMost("requests with neither 200 nor 429", failures, "", 0));
        publisher
                .statuses()
                .forEach(
                        (status, count) ->
                                report.add(
                                        Finding.fact(
                                                "publisher's requests with status " + status,
                                                count,
                                                "")));
        report.add(
                Finding.atMost(
                        "publisher's requests with neither 2xx nor 429",
                        publisher.failures(),
                        "",
                        0));
    }

    private static void reportHandles(
            ServeReport report, ServerProcess server, OptionalDouble before) {
        OptionalDouble after = ServiceMetrics.read(server, ServiceMetrics.NATIVE_HANDLES);
        if (before.isPresent() && after.isPresent()) {
            report.add(Finding.fact("native handles before", before.getAsDouble(), ""));
            report.add(
                    Finding.atMost(
                            "native handles after",
                            after.getAsDouble(),
                            "",
                            before.getAsDouble() + SPARE_BLOCKS));
        }
    }

    /** The adapters of the start and the lasting ones, all alike often. */
    private static LongFunction<String> names(int adapters, List<String> lasting) {
        ZipfSampler alike = new ZipfSampler(adapters + lasting.size(), 0);
        return sequence -> {
            int number = alike.rank(sequence);
            return number < adapters ? RandomAdapters.name(number) : lasting.get(number - adapters);
        };
    }
}
