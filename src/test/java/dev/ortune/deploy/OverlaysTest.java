package dev.ortune.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The overlays as {@code kubectl kustomize} renders them, where there is a kubectl. */
class OverlaysTest {

    private static final Map<String, List<JsonNode>> RENDERED = new HashMap<>();

    @BeforeAll
    static void render() throws Exception {
        assumeTrue(Kubectl.isUsable(), "no kubectl 1.21 or newer here: nothing is rendered");
        for (String overlay : Manifests.OVERLAYS) {
            RENDERED.put(overlay, Kubectl.kustomize(Manifests.ROOT.resolve(overlay)));
        }
    }

    static Stream<String> overlays() {
        return Manifests.OVERLAYS.stream();
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyDocumentHasOnlyWhatItsKindKnows(String overlay) {
        assertThat(RENDERED.get(overlay))
                .isNotEmpty()
                .allSatisfy(document -> assertThat(ManifestCheck.faults(document)).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void containersAreNobodyInParticularAndCannotWriteTheirImage(String overlay) {
        for (PodSpec pod : pods(overlay)) {
            assertThat(pod.spec().path("containers")).as(pod.name()).hasSize(1);
            JsonNode own = pod.container().path("securityContext");
            JsonNode shared = pod.spec().path("securityContext");
            assertThat(own.path("runAsNonRoot").asBoolean()).isTrue();
            assertThat(own.path("readOnlyRootFilesystem").asBoolean()).isTrue();
            assertThat(own.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
            assertThat(own.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
            JsonNode either = own.has("runAsUser") ? own : shared;
            assertThat(either.path("runAsUser").asInt()).isEqualTo(10001);
            assertThat(either.at("/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void whatTheImageWritesToIsAVolume(String overlay) {
        for (PodSpec pod : pods(overlay)) {
            assertThat(pod.container().path("volumeMounts").findValuesAsText("mountPath"))
                    .containsExactly("/var/lib/ortune", "/var/cache/ortune", "/tmp");
            assertThat(pod.spec().path("volumes").findValuesAsText("name"))
                    .containsAll(pod.container().path("volumeMounts").findValuesAsText("name"));
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void containersSayWhatTheyNeedAndTakeNoMore(String overlay) {
        for (PodSpec pod : pods(overlay)) {
            for (String part : List.of("requests", "limits")) {
                assertThat(pod.container().path("resources").path(part).fieldNames())
                        .toIterable()
                        .as("%s of %s", part, pod.name())
                        .contains("cpu", "memory");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyProbeAsksItsOwnQuestion(String overlay) {
        Map<String, String> paths =
                Map.of(
                        "startupProbe",
                        "started",
                        "livenessProbe",
                        "live",
                        "readinessProbe",
                        "ready");
        for (PodSpec pod : pods(overlay)) {
            paths.forEach(
                    (probe, path) ->
                            assertThat(pod.container().path(probe).at("/httpGet/path").asText())
                                    .isEqualTo("/q/health/" + path));
            Duration databasePatience = pod.duration("ORTUNE_DATABASE_PATIENCE", "PT5S");
            assertThat(pod.container().at("/readinessProbe/timeoutSeconds").asLong())
                    .as("the database's answer is waited for")
                    .isGreaterThan(databasePatience.toSeconds());
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void aPodHasTimeToEndInPeace(String overlay) {
        for (PodSpec pod : pods(overlay)) {
            long preStop = pod.container().at("/lifecycle/preStop/exec/command/1").asLong();
            assertThat(preStop).isPositive();
            Duration requests = pod.duration("QUARKUS_SHUTDOWN_TIMEOUT", "PT0S");
            assertThat(requests).isGreaterThan(pod.duration("ORTUNE_REQUEST_TIMEOUT", "PT30S"));
            // For the step under way and its checkpoint, and as much again to bring that to the
            // store.
            Duration training = pod.duration("ORTUNE_WORKER_GRACE", "PT20S").multipliedBy(2);
            Duration drain =
                    pod.duration("QUARKUS_SHUTDOWN_DELAY", "PT0S").plus(requests).plus(training);
            assertThat((long) pod.graceSeconds()).isGreaterThan(preStop + drain.toSeconds());
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void everyNameInTheEnvironmentIsASettingOfTheService(String overlay) {
        Set<String> known = Settings.names();
        for (PodSpec pod : pods(overlay)) {
            assertThat(known).as(pod.name()).containsAll(pod.settings().keySet());
            assertThat(known).as(pod.name()).containsAll(pod.secrets());
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void imagesAreOfThisVersion(String overlay) {
        String version =
                Manifests.read(Path.of("../pom.xml"))
                        .replaceFirst("(?s).*?<version>([^<]+)</version>.*", "$1");
        for (PodSpec pod : pods(overlay)) {
            assertThat(pod.container().path("image").asText())
                    .matches("ortune/ortune(-cuda)?:" + version);
        }
    }

    @ParameterizedTest
    @MethodSource("overlays")
    void selectorsFindSomething(String overlay) {
        List<JsonNode> documents = RENDERED.get(overlay);
        List<JsonNode> labels = new ArrayList<>();
        documents.stream()
                .filter(document -> document.path("kind").asText().equals("Deployment"))
                .forEach(document -> labels.add(document.at("/spec/template/metadata/labels")));
        for (JsonNode document : documents) {
            JsonNode selector =
                    switch (document.path("kind").asText()) {
                        case "Service" -> document.at("/spec/selector");
                        case "PodDisruptionBudget", "Deployment" ->
                                document.at("/spec/selector/matchLabels");
                        case "NetworkPolicy" -> document.at("/spec/podSelector/matchLabels");
                        default -> document.path("none");
                    };
            if (!selector.isMissingNode()) {
                assertThat(labels)
                        .filteredOn(pod -> matches(selector, pod))
                        .as("%s", document.path("metadata"))
                        .hasSize(1);
            }
            JsonNode target = document.at("/spec/scaleTargetRef/name");
            if (!target.isMissingNode()) {
                assertThat(PodSpec.named(documents, "Deployment", target.asText())).isPresent();
            }
        }
    }

    @Test
    void aClusterScalesBreaksAndIsWatchedInAllItsParts() {
        assertThat(RENDERED.get("cluster"))
                .extracting(
                        document ->
                                document.path("kind").asText()
                                        + " "
                                        + document.at("/metadata/name").asText())
                .contains(
                        "Deployment ortune-serve",
                        "Deployment ortune-train",
                        "HorizontalPodAutoscaler ortune-serve",
                        "ScaledObject ortune-train",
                        "PodDisruptionBudget ortune-serve",
                        "PodDisruptionBudget ortune-train",
                        "NetworkPolicy ortune-serve",
                        "NetworkPolicy ortune-train",
                        "ServiceMonitor ortune");
        assertThat(pods("cluster"))
                .allSatisfy(
                        pod -> assertThat(pod.spec().has("topologySpreadConstraints")).isTrue());
        assertThat(pods("cluster"))
                .extracting(pod -> pod.settings().get("ORTUNE_ROLE"))
                .containsExactlyInAnyOrder("serve", "train");
    }

    @Test
    void aClustersPodsShareTheirDatabaseAndTheirBucket() {
        assertThat(pods("cluster"))
                .allSatisfy(
                        pod -> {
                            assertThat(pod.secrets())
                                    .contains("ORTUNE_DATABASE_URL", "ORTUNE_DATABASE_PASSWORD");
                            assertThat(pod.settings()).containsKey("ORTUNE_STORAGE_BUCKET");
                        });
    }

    @Test
    void onlyTrainingGetsAGpu() {
        assertThat(pods("gpu"))
                .filteredOn(
                        pod ->
                                pod.container()
                                        .path("resources")
                                        .path("limits")
                                        .has("nvidia.com/gpu"))
                .singleElement()
                .satisfies(
                        pod -> {
                            assertThat(pod.name()).isEqualTo("ortune-train");
                            assertThat(pod.container().path("image").asText())
                                    .startsWith("ortune/ortune-cuda:");
                        });
    }

    private static List<PodSpec> pods(String overlay) {
        List<PodSpec> pods = PodSpec.of(RENDERED.get(overlay));
        assertThat(pods).isNotEmpty();
        return pods;
    }

    private static boolean matches(JsonNode selector, JsonNode labels) {
        return selector.properties().stream()
                .allMatch(wanted -> wanted.getValue().equals(labels.path(wanted.getKey())));
    }
}
