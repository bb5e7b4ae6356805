package dev.ortune.bench.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.bench.serve.load.Exchange;
import dev.ortune.bench.serve.load.LoadResult;
import dev.ortune.bench.serve.load.Work;
import dev.ortune.bench.tool.Finding;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServeReportTest {

    private static final long SECOND = 1_000_000_000;

    @Test
    void aComparisonIsTheMedianOfTheRoundsRatios() {
        Comparison comparison = Comparison.of(contest(), "ours", "theirs");
        // Round by round 4/2, 9/3 and 8/1 requests in ten seconds.
        assertThat(comparison.throughput().median()).isCloseTo(3, within(1e-9));
    }

    @Test
    void markdownHasARowForEverySide() {
        ServeReport report = new ServeReport(Map.of("threads", "2"));
        report.add(contest());
        report.add(Comparison.of(contest(), "ours", "theirs"));
        report.add(Finding.atMost("growth", 5, "%", 3));
        assertThat(MarkdownReport.of(report))
                .contains("- threads: 2")
                .contains("| load | ours | 0.80 | 8.00 | 500 | 500 | 21 | 0 |")
                .contains("| load | theirs | 0.20 | 2.00 | 500 | 500 | 6 | {429=1} |")
                .contains("| load | ours | theirs | 3.00x |")
                .contains("| growth | 5.00 % | at most 3.00 | NO |");
        assertThat(report.holds()).isFalse();
    }

    @Test
    void jsonHasTheSameNumbers() {
        ServeReport report = new ServeReport(Map.of());
        report.add(contest());
        report.add(Comparison.of(contest(), "ours", "theirs"));
        JsonNode json = JsonReport.of(report);
        assertThat(json.path("loads").path(1).path("failures").path("429").asInt()).isEqualTo(1);
        assertThat(json.path("loads").path(0).path("p99_seconds").asDouble())
                .isCloseTo(0.5, within(1e-9));
        assertThat(json.path("comparisons").path(0).path("throughput").path("median").asDouble())
                .isCloseTo(3, within(1e-9));
    }

    private static ContestResult contest() {
        Map<String, List<LoadResult>> rounds = new LinkedHashMap<>();
        rounds.put("ours", List.of(load(4, 200), load(9, 200), load(8, 200)));
        rounds.put("theirs", List.of(load(2, 200), load(3, 200), load(1, 429)));
        return new ContestResult("load", rounds);
    }

    /** Requests of half a second and ten tokens in ten seconds; one more of the last status. */
    private static LoadResult load(int requests, int last) {
        List<Exchange> exchanges = new ArrayList<>();
        for (int request = 0; request < requests; request++) {
            exchanges.add(
                    new Exchange(
                            request * SECOND, request * SECOND + SECOND / 2, new Work(200, 1, 10)));
        }
        if (last != 200) {
            exchanges.add(new Exchange(0, SECOND, new Work(last, 1, 10)));
        }
        return new LoadResult(exchanges, 0, 10 * SECOND, 0.1);
    }
}
