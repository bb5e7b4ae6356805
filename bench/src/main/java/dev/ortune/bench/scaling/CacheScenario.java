package dev.ortune.bench.scaling;

import dev.ortune.bench.tool.Figures;
import dev.ortune.bench.tool.ZipfSampler;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * How often an adapter is in memory when it is asked for, or on the replica's disk: by popularity, memory,
 * replicas and how requests are routed to them.
 */
final class CacheScenario implements ScalingScenario {

    private static final List<Double> EXPONENTS = List.of(0.8, 1.0, 1.2);
    private static final List<Long> BUDGETS = List.of(256L << 20, 1L << 30, 4L << 30);
    private static final long DISK = 10L << 30;

    /** The service's default number of threads that read adapters. */
    private static final int LOADERS = 2;

    private static final double MILLIS = 1000;

    /** A choice of replicas and routing, and its name in a table. */
    private record Layout(int replicas, Routing routing) {

        String label() {
            return replicas == 1 ? "1 replica" : replicas + ", " + routing.label();
        }
    }

    private static final List<Layout> LAYOUTS =
            List.of(
                    new Layout(1, Routing.RANDOM),
                    new Layout(4, Routing.RANDOM),
                    new Layout(4, Routing.HASH),
                    new Layout(4, Routing.BOUNDED),
                    new Layout(16, Routing.RANDOM),
                    new Layout(16, Routing.HASH),
                    new Layout(16, Routing.BOUNDED));

    /** The results of a row, a layout each. */
    private record Row(double exponent, long memoryBytes, List<CacheCounts> counts) {}

    @Override
    public void run(ScalingOptions options, Consumer<String> notices, ScalingReport report) {
        ReadTimes times = options.readTimes();
        report.addFact("bytes of an adapter", Long.toString(options.adapterBytes()));
        report.addFact("texts/s of a replica", Figures.of(options.textsPerSecond()));
        report.addFact("ms to read an adapter", Figures.of(times.readMilliseconds()));
        report.addFact(
                "ms to bring one from the store, assumed", Figures.of(times.fetchMilliseconds()));
        for (int models : options.tenants()) {
            List<Row> rows = new ArrayList<>();
            for (double exponent : EXPONENTS) {
                notices.accept(models + " adapters, exponent " + exponent);
                rows.addAll(rows(options, models, exponent));
            }
            String head = models + " adapters";
            report.add(
                    table(
                            head + ", % found in memory",
                            rows,
                            counts -> percent(counts.memoryShare())));
            report.add(
                    table(
                            head + ", % brought from the object store",
                            rows,
                            counts -> percent(counts.storeShare())));
            report.add(
                    table(
                            head + ", ms that a request waits for its adapter, on average",
                            rows,
                            counts -> Figures.of(times.meanMilliseconds(counts))));
            report.add(
                    table(
                            head + ", % of the time that the threads which read adapters are busy",
                            rows,
                            counts -> percent(loaders(options, times, counts))));
            report.add(
                    table(
                            head + ", requests of the busiest replica over its fair share",
                            rows,
                            counts -> Figures.of(counts.imbalance())));
        }
    }

    private static List<Row> rows(ScalingOptions options, int models, double exponent) {
        int[] asked = asked(options, models, exponent);
        return BUDGETS.parallelStream()
                .map(
                        budget ->
                                new Row(
                                        exponent,
                                        budget,
                                        LAYOUTS.stream()
                                                .map(layout -> of(options, models, budget, layout))
                                                .map(one -> one.run(asked))
                                                .toList()))
                .toList();
    }

    private static CacheCase of(ScalingOptions options, int models, long budget, Layout layout) {
        return new CacheCase(
                models,
                budget,
                DISK,
                options.adapterBytes(),
                layout.replicas(),
                layout.routing(),
                options.textsPerSecond());
    }

    /** The models of as many requests as the largest layout has. */
    private static int[] asked(ScalingOptions options, int models, double exponent) {
        ZipfSampler popularity = new ZipfSampler(models, exponent);
        int requests =
                LAYOUTS.stream()
                        .mapToInt(layout -> of(options, models, DISK, layout).requests())
                        .max()
                        .orElseThrow();
        return IntStream.range(0, requests).map(popularity::rank).toArray();
    }

    private static double loaders(ScalingOptions options, ReadTimes times, CacheCounts counts) {
        return options.textsPerSecond() * times.meanMilliseconds(counts) / MILLIS / LOADERS;
    }

    private static ReportTable table(
            String title, List<Row> rows, Function<CacheCounts, String> cell) {
        List<String> head = new ArrayList<>(List.of("Zipf exponent", "memory"));
        LAYOUTS.forEach(layout -> head.add(layout.label()));
        List<List<String>> cells = new ArrayList<>();
        for (Row row : rows) {
            List<String> line = new ArrayList<>();
            line.add(Double.toString(row.exponent()));
            line.add((row.memoryBytes() >> 20) + " MiB");
            row.counts().forEach(counts -> line.add(cell.apply(counts)));
            cells.add(line);
        }
        return new ReportTable(title, head, cells);
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f", share * 100);
    }
}
