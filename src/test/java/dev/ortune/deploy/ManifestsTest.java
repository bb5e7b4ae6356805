package dev.ortune.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ortune.database.Database;
import dev.ortune.database.DatabaseSettings;
import dev.ortune.job.JobStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files in {@code deploy/k8s} as they are, on any machine. */
class ManifestsTest {

    private static final Pattern METRIC = Pattern.compile("ortune_[a-z_]+");

    /** What Prometheus adds to the name of a histogram. */
    private static final String SERIES_OF_HISTOGRAM = "_(sum|count|bucket)$";

    @TempDir private Path folder;

    static Stream<Path> files() {
        return Manifests.files().stream();
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyFileHasOnlyWhatItsKindKnows(Path file) {
        for (JsonNode document : Manifests.documents(Manifests.read(file))) {
            if (isStepOfJsonPatch(document)) {
                assertThat(document.fieldNames())
                        .toIterable()
                        .contains("path")
                        .isSubsetOf("op", "path", "value");
            } else {
                assertThat(ManifestCheck.faults(document)).isEmpty();
            }
        }
    }

    @Test
    void aFaultIsFound() {
        JsonNode service =
                Manifests.documents(
                                """
                                apiVersion: v1
                                kind: Service
                                metadata:
                                  name: ortune
                                spec:
                                  selectors: {}
                                """)
                        .get(0);
        assertThat(ManifestCheck.faults(service)).singleElement().asString().contains("selectors");
        JsonNode monitor =
                Manifests.documents(
                                """
                                apiVersion: monitoring.coreos.com/v1
                                kind: ServiceMonitor
                                metadata:
                                  name: 1
                                spec:
                                  selector: {}
                                  endpoints:
                                    - ports: http
                                """)
                        .get(0);
        assertThat(ManifestCheck.faults(monitor))
                .hasSize(2)
                .anySatisfy(fault -> assertThat(fault).startsWith(".metadata: "))
                .contains(".spec.endpoints[].ports is no field");
    }

    @Test
    void thereAreNoSecretsAmongTheFiles() {
        assertThat(files().flatMap(file -> Manifests.documents(Manifests.read(file)).stream()))
                .noneMatch(document -> document.path("kind").asText().equals("Secret"));
    }

    @Test
    void whatScalesIsAMetricOfTheService() {
        List<String> asked =
                Stream.of("hpa.yaml", "prometheus-adapter.yaml")
                        .map(
                                name ->
                                        Manifests.read(
                                                Manifests.ROOT.resolve("cluster").resolve(name)))
                        .flatMap(text -> METRIC.matcher(text).results().map(found -> found.group()))
                        .map(name -> name.replaceFirst(SERIES_OF_HISTOGRAM, ""))
                        .distinct()
                        .toList();
        assertThat(asked).containsExactly("ortune_request_queue_seconds");
        assertThat(Manifests.read(Path.of("../docs/observability.md")))
                .contains("`" + asked.get(0) + "`");
        assertThat(Manifests.read(Path.of("main/java/dev/ortune/serve/ServingMetrics.java")))
                .contains("timer(\"ortune.request.queue\"");
    }

    @Test
    void theQueueThatTrainingScalesByIsThatOfTheDatabase() {
        String query =
                Manifests.documents(
                                Manifests.read(Manifests.ROOT.resolve("cluster/scaledobject.yaml")))
                        .get(0)
                        .at("/spec/triggers/0/metadata/query")
                        .asText();
        Matcher statuses = Pattern.compile("'(\\w+)'").matcher(query);
        assertThat(statuses.results().map(found -> found.group(1).toUpperCase(Locale.ROOT)))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(JobStatus.valueOf(name).isFinal()).isFalse());
        try (Database database =
                Database.open(
                        new DatabaseSettings(
                                DatabaseSettings.embeddedUrl(folder.resolve("state")),
                                Optional.empty(),
                                Optional.empty(),
                                2,
                                Duration.ofSeconds(5)))) {
            assertThat(
                            database.statements()
                                    .<Long, RuntimeException>withHandle(
                                            handle ->
                                                    handle.createQuery(query)
                                                            .mapTo(Long.class)
                                                            .one()))
                    .isZero();
        }
    }

    private static boolean isStepOfJsonPatch(JsonNode document) {
        return document.has("op");
    }
}
