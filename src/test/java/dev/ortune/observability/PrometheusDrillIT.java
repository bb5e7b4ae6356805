package dev.ortune.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.cli.RunningService;
import dev.ortune.golden.GoldenCase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus scrapes the packaged service while it serves and trains: every query of the dashboard
 * and every rule finds what it asks for, and the documentation names what there is.
 */
class PrometheusDrillIT {

    private static final Path OBSERVABILITY = Path.of("../deploy/observability").toAbsolutePath();
    private static final Path CONFIGURATION = OBSERVABILITY.resolve("prometheus");
    private static final Path DOCUMENTATION = Path.of("../docs/observability.md");
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private static final String GOOD = "{\"text\":\"it was good\",\"label\":\"positive\"}\n";
    private static final String BAD = "{\"text\":\"not a fan\",\"label\":\"negative\"}\n";
    private static final String FAULTY = "{\"text\":\"a\"}\n";

    private static final List<String> NOT_OF_EXECUTABLES =
            List.of("jvm_gc_pause_seconds", "jvm_memory_usage_after_gc", "jvm_memory_max_bytes");

    private static final Pattern EXPORTED = Pattern.compile("(?m)^# TYPE (\\S+) (\\S+)$");
    private static final Pattern DOCUMENTED =
            Pattern.compile("(?m)^\\| `([a-z_]+)` \\| (gauge|counter|histogram|summary) \\|");

    @TempDir private Path folder;

    private PrometheusPrograms programs;

    @BeforeEach
    void find() {
        Assumptions.assumeTrue(
                PrometheusPrograms.find().isPresent(),
                "neither the folder that "
                        + PrometheusPrograms.VARIABLE
                        + " names nor the path has prometheus and promtool");
        programs = PrometheusPrograms.find().get();
    }

    @Test
    void theRulesAreValidAndDoWhatTheirTestsSay() throws Exception {
        Path output = folder.resolve("promtool.txt");
        programs.promtool(CONFIGURATION, output, "check", "config", "prometheus.yml");
        programs.promtool(CONFIGURATION, output, "check", "rules", "--lint-fatal", "rules.yml");
        programs.promtool(CONFIGURATION, output, "test", "rules", "rules_test.yml");
    }

    @Test
    void everyQueryAndEveryRuleFindsDataAndTheDocumentationNamesIt() throws Exception {
        try (EmbeddedPostgres database = EmbeddedPostgres.start();
                RunningService service = RunningService.start(folder, settings(database));
                DrillTraffic traffic = new DrillTraffic(service);
                RunningPrometheus prometheus =
                        RunningPrometheus.start(programs, CONFIGURATION, folder, service.http())) {
            serveAndTrain(traffic);
            assertThat(unanswered(prometheus, traffic))
                    .as(service.log())
                    .allMatch(PrometheusDrillIT::isNotOfExecutables);
            assertRulesWork(prometheus);
            assertThat(documented())
                    .as("what docs/observability.md names is there")
                    .filteredOn(metric -> !isNotOfExecutables(metric))
                    .isSubsetOf(exported(traffic.metrics()));
            assertThat(exported(traffic.metrics()))
                    .filteredOn(metric -> metric.startsWith("ortune_"))
                    .as("what is ours is in docs/observability.md")
                    .isSubsetOf(documented());
        }
    }

    /** What GraalVM does not tell, as docs/observability.md says. */
    private static boolean isNotOfExecutables(String query) {
        return System.getProperty("ortune.executable") != null
                && NOT_OF_EXECUTABLES.stream().anyMatch(query::contains);
    }

    private static void serveAndTrain(DrillTraffic traffic) throws Exception {
        traffic.unload();
        String rows = traffic.upload((GOOD + BAD).repeat(4));
        String faulty = traffic.upload(GOOD + FAULTY);
        List<String> jobs =
                List.of(
                        traffic.create(job(rows, ",\"validation_file\":\"" + rows + "\"")),
                        traffic.create(job(faulty, "")));
        Instant end = Instant.now().plus(LONGEST_WAIT);
        while (!traffic.status(jobs.get(0)).equals("succeeded")
                || !traffic.status(jobs.get(1)).equals("failed")) {
            assertThat(Instant.now()).as(traffic.status(jobs.get(0))).isBefore(end);
            traffic.ask();
            Thread.sleep(100);
        }
    }

    /** The queries and parts of rules that have found nothing, though they had time. */
    private static Set<String> unanswered(RunningPrometheus prometheus, DrillTraffic traffic)
            throws Exception {
        Dashboard dashboard = Dashboard.read(OBSERVABILITY.resolve("grafana/ortune.json"));
        assertThat(dashboard.rows()).containsExactly("Serving", "Training", "Tenants", "JVM");
        assertThat(dashboard.variables())
                .containsExactly("datasource", "instance", "tenant", "model");
        Set<String> open = new TreeSet<>(dashboard.queries());
        open.addAll(dashboard.variableSeries());
        for (JsonNode rule : rules(prometheus)) {
            open.addAll(Selectors.of(rule.path("query").asText()));
            if (rule.path("type").asText().equals("recording")) {
                open.add(rule.path("name").asText());
            }
        }
        assertThat(open).hasSizeGreaterThan(80);
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (!open.isEmpty() && Instant.now().isBefore(end)) {
            traffic.ask();
            Thread.sleep(500);
            for (String query : List.copyOf(open)) {
                if (prometheus.hasData(query)) {
                    open.remove(query);
                }
            }
        }
        return open;
    }

    private static void assertRulesWork(RunningPrometheus prometheus) throws Exception {
        List<JsonNode> rules = rules(prometheus);
        assertThat(rules).hasSizeGreaterThan(20);
        assertThat(rules)
                .allSatisfy(
                        rule -> {
                            assertThat(rule.path("health").asText()).isEqualTo("ok");
                            assertThat(rule.path("lastError").asText()).isEmpty();
                        });
        assertThat(rules)
                .filteredOn(rule -> rule.path("type").asText().equals("alerting"))
                .allSatisfy(
                        rule ->
                                assertThat(rule.path("annotations").properties())
                                        .extracting(Map.Entry::getKey)
                                        .contains("summary", "description", "runbook"));
    }

    private static List<JsonNode> rules(RunningPrometheus prometheus) throws Exception {
        List<JsonNode> rules = new ArrayList<>();
        prometheus.ruleGroups().forEach(group -> group.path("rules").forEach(rules::add));
        return rules;
    }

    /** As queries name them: counters end in _total; the _max beside a histogram is a part of it. */
    private static Set<String> exported(String metrics) {
        return found(EXPORTED.matcher(metrics)).stream()
                .filter(metric -> !metric.endsWith("_max gauge"))
                .map(metric -> metric.replaceAll("(?<!_total) counter$", "_total counter"))
                .collect(Collectors.toSet());
    }

    private static Set<String> documented() throws IOException {
        return found(DOCUMENTED.matcher(Files.readString(DOCUMENTATION)));
    }

    /** Names with types. */
    private static Set<String> found(Matcher matcher) {
        Set<String> found = new TreeSet<>();
        while (matcher.find()) {
            found.add(matcher.group(1) + " " + matcher.group(2));
        }
        return found;
    }

    private static String job(String file, String more) {
        return "{\"model\":\"distilbert-tiny\",\"training_file\":\""
                + file
                + "\""
                + more
                + ",\"hyperparameters\":{\"n_epochs\":300}}";
    }

    /** As one of many, which has more to tell. */
    private Map<String, String> settings(EmbeddedPostgres database) {
        return Map.of(
                "ortune.database.url",
                database.getJdbcUrl("postgres", "postgres"),
                "ortune.storage.folder",
                folder.resolve("shared").toString(),
                "ortune.bases",
                GoldenCase.base("distilbert-tiny").toAbsolutePath().toString(),
                "ortune.worker.threads",
                "1",
                "ortune.worker.niceness",
                "0");
    }
}
