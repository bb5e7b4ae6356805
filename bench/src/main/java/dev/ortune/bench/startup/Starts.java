package dev.ortune.bench.startup;

import dev.ortune.bench.race.Quantiles;
import dev.ortune.bench.tool.Figures;
import java.util.ArrayList;
import java.util.List;

/**
 * The starts of one side.
 *
 * @param side for people
 */
record Starts(String side, List<Start> starts) {

    private static final double MEBIBYTE = 1 << 20;

    Starts(String side) {
        this(side, new ArrayList<>());
    }

    /** Milliseconds. */
    Quantiles ready() {
        return Quantiles.of(starts.stream().map(start -> start.ready().toNanos() / 1e6).toList());
    }

    /** The median of pairs: each start's share of the other side's in the same round. */
    String readyPercentOf(Starts other) {
        List<Double> percents = new ArrayList<>();
        for (int round = 0; round < starts.size(); round++) {
            percents.add(
                    100.0
                            * starts.get(round).ready().toNanos()
                            / other.starts.get(round).ready().toNanos());
        }
        return Figures.of(Quantiles.of(percents).median());
    }

    /** MiB. */
    Quantiles idle() {
        return Quantiles.of(starts.stream().map(start -> start.idleBytes() / MEBIBYTE).toList());
    }

    /** A row of the table. */
    List<String> row() {
        return List.of(side, cell(ready()), cell(idle()));
    }

    private static String cell(Quantiles values) {
        return "%s (%s to %s)"
                .formatted(
                        Figures.of(values.median()),
                        Figures.of(values.at(0)),
                        Figures.of(values.at(1)));
    }
}
