package dev.ortune.observability;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ortune.api.grpc.proto.GRPCInferenceServiceGrpc;
import dev.ortune.api.grpc.proto.RepositoryModelLoadRequest;
import dev.ortune.cli.RunningService;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service writes its log for programs, and says which request a line is of. */
class JsonLogIT {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);
    private static final String TRACEPARENT = "traceparent";
    private static final String OVER_HTTP = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String OVER_GRPC = "0af7651916cd43dd8448eb211c80319c";

    @TempDir private Path folder;

    @Test
    void everyLineIsAnObjectAndHasTheTraceOfItsRequest() throws Exception {
        Map<String, String> settings =
                Map.of(
                        "quarkus.log.console.json.enabled",
                        "true",
                        "quarkus.otel.sdk.disabled",
                        "false",
                        "quarkus.http.access-log.enabled",
                        "true");
        try (RunningService service = RunningService.start(folder, settings)) {
            changeOverHttp(service);
            changeOverGrpc(service);
            List<JsonNode> lines = audited(service, 2);
            assertThat(lines)
                    .extracting(line -> line.path("mdc").path("traceId").asText())
                    .containsExactly(OVER_HTTP, OVER_GRPC);
            assertThat(lines)
                    .allSatisfy(
                            line -> {
                                assertThat(line.path("mdc").path("spanId").asText())
                                        .matches("[0-9a-f]{16}");
                                assertThat(line.path("level").asText()).isEqualTo("INFO");
                                assertThat(line.path("message").asText()).startsWith("audit: ");
                                assertThat(OffsetDateTime.parse(line.path("timestamp").asText()))
                                        .isBefore(OffsetDateTime.now(ZoneOffset.UTC));
                            });
            assertThat(lines(service))
                    .filteredOn(line -> line.path("message").asText().contains("/load HTTP/"))
                    .extracting(line -> line.path("mdc").path("traceId").asText())
                    .as("the access log, where Quarkus may have ended the trace already")
                    .hasSize(1)
                    .isSubsetOf(OVER_HTTP, "");
            assertThat(lines(service))
                    .extracting(line -> line.path("message").asText())
                    .as("without a collector nothing is sent, and nobody complains")
                    .anyMatch(message -> message.startsWith("Listening on http://"))
                    .noneMatch(message -> message.contains("export"));
        }
    }

    @Test
    void peopleGetTextUnlessTheyAskForMore() throws Exception {
        try (RunningService service = RunningService.start(folder)) {
            assertThat(service.output())
                    .containsPattern("(?m)^\\d\\d:\\d\\d:\\d\\d INFO  Serving 2 model")
                    .doesNotContain("{");
            assertThat(service.log()).contains("Listening on http://127.0.0.1:");
        }
    }

    private static void changeOverHttp(RunningService service) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(service.http().resolve("/v2/repository/models/reviews/load"))
                        .header("Content-Type", "application/json")
                        .header(TRACEPARENT, traceparent(OVER_HTTP))
                        .POST(BodyPublishers.ofString("{}"))
                        .build();
        int status =
                HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
        assertThat(status).isEqualTo(200);
        audited(service, 1);
    }

    private static void changeOverGrpc(RunningService service) {
        Metadata metadata = new Metadata();
        metadata.put(
                Metadata.Key.of(TRACEPARENT, Metadata.ASCII_STRING_MARSHALLER),
                traceparent(OVER_GRPC));
        ManagedChannel channel = service.grpc().open();
        try {
            assertThat(
                            GRPCInferenceServiceGrpc.newBlockingStub(channel)
                                    .withInterceptors(
                                            MetadataUtils.newAttachHeadersInterceptor(metadata))
                                    .repositoryModelLoad(
                                            RepositoryModelLoadRequest.newBuilder()
                                                    .setModelName("reviews")
                                                    .build()))
                    .isNotNull();
        } finally {
            channel.shutdownNow();
        }
    }

    /** The lines of the audit log, once there are so many. */
    private static List<JsonNode> audited(RunningService service, int count) throws Exception {
        Instant end = Instant.now().plus(LONGEST_WAIT);
        while (true) {
            List<JsonNode> audited =
                    lines(service).stream()
                            .filter(line -> line.path("loggerName").asText().equals("ortune.audit"))
                            .toList();
            if (audited.size() >= count) {
                return audited;
            }
            assertThat(Instant.now()).as(service.log()).isBefore(end);
            Thread.sleep(50);
        }
    }

    private static List<JsonNode> lines(RunningService service) throws IOException {
        String output = service.output();
        // The last line may still be written.
        return Stream.of(output.substring(0, output.lastIndexOf('\n') + 1).split("\n"))
                .map(JsonLogIT::object)
                .toList();
    }

    private static JsonNode object(String line) {
        try {
            return MAPPER.readTree(line);
        } catch (IOException e) {
            throw new AssertionError("not JSON: " + line, e);
        }
    }

    private static String traceparent(String trace) {
        return "00-" + trace + "-00f067aa0ba902b7-01";
    }
}
