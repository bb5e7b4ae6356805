package dev.ortune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ortune.api.rest.FreePort;
import dev.ortune.golden.GoldenCase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged service as a process: it starts, answers, and ends when it is told to. */
class ServeIT {

    private static final Path ADAPTER =
            Path.of("test/resources/golden/adapters/peft-distilbert").toAbsolutePath();
    private static final Duration LONGEST_START = Duration.ofSeconds(60);
    private static final long LONGEST_END_SECONDS = 10;

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir private Path folder;

    @Test
    void theServiceAnswersUntilItIsToldToStop() throws Exception {
        int port = freePort();
        Process service = PackagedProgram.start(folder, serving(port, "--threads", "1"));
        try {
            URI root = URI.create("http://127.0.0.1:" + port);
            awaitReady(service, root);
            HttpResponse<String> answer =
                    client.send(
                            HttpRequest.newBuilder(root.resolve("/v1/models/reviews/classify"))
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString("{\"text\": \"good movie\"}"))
                                    .build(),
                            BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonNode result = new ObjectMapper().readTree(answer.body()).path("results").path(0);
            assertThat(result.path("label").asText()).isIn("negative", "neutral", "positive");
            service.destroy();
            assertThat(service.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS))
                    .as("ended after SIGTERM")
                    .isTrue();
        } finally {
            service.destroyForcibly();
        }
    }

    private static String[] serving(int port, String... more) throws IOException {
        Stream<String> options =
                Stream.of(
                        "serve",
                        "--model",
                        "reviews=" + ADAPTER,
                        "--base",
                        GoldenCase.base("distilbert-tiny").toAbsolutePath().toString(),
                        "--host",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--grpc-port",
                        Integer.toString(freePort()));
        return Stream.concat(options, Stream.of(more)).toArray(String[]::new);
    }

    @Test
    void aRehearsalEndsOnceItIsReady() throws Exception {
        PackagedProgram.Ended run =
                PackagedProgram.run(folder, serving(freePort(), "--until-ready"));
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("Serving 1 model(s)");
        assertThat(run.err()).contains("Ready, and done.");
    }

    @Test
    void aModelThatCannotBeServedEndsTheStart() throws Exception {
        PackagedProgram.Ended run =
                PackagedProgram.run(
                        folder,
                        "serve",
                        "--model",
                        "reviews=" + folder.resolve("nowhere"),
                        "--port",
                        Integer.toString(freePort()),
                        "--grpc-port",
                        Integer.toString(freePort()));
        assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(2);
        assertThat(run.err()).contains("nowhere", "  try: ");
    }

    @Test
    void aPortThatIsTakenIsToldSo() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            PackagedProgram.Ended run =
                    PackagedProgram.run(
                            folder,
                            "serve",
                            "--host",
                            "127.0.0.1",
                            "--port",
                            port,
                            "--grpc-port",
                            Integer.toString(freePort()));
            assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(2);
            assertThat(run.err()).contains("cannot listen", port, "  try: Choose another --port");
        }
    }

    @Test
    void aPortOfGrpcThatIsTakenIsToldSo() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            PackagedProgram.Ended run =
                    PackagedProgram.run(
                            folder,
                            "serve",
                            "--host",
                            "127.0.0.1",
                            "--port",
                            Integer.toString(freePort()),
                            "--grpc-port",
                            port);
            assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(2);
            assertThat(run.err())
                    .contains("cannot listen for gRPC", port, "  try: Choose another --grpc-port");
        }
    }

    private void awaitReady(Process service, URI root) throws Exception {
        Instant end = Instant.now().plus(LONGEST_START);
        while (Instant.now().isBefore(end)) {
            assertThat(service.isAlive()).as(PackagedProgram.error(folder)).isTrue();
            try {
                HttpRequest request =
                        HttpRequest.newBuilder(root.resolve("/q/health/ready")).build();
                if (client.send(request, BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException e) {
                // Not listening yet.
            }
            Thread.sleep(100);
        }
        throw new AssertionError("not ready: " + PackagedProgram.error(folder));
    }

    private static int freePort() throws IOException {
        return FreePort.find();
    }
}
