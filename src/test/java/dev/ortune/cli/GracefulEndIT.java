package dev.ortune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A service that is told to end while others still send requests to it. */
class GracefulEndIT {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @TempDir private Path folder;

    @Test
    void itIsUnreadyFirstAndAnswersUntilItEnds() throws Exception {
        try (RunningService service =
                RunningService.start(
                        folder,
                        Map.of("quarkus.shutdown.delay", "8s", "quarkus.shutdown.timeout", "5s"))) {
            service.process().destroy();
            URI ready = service.http().resolve("/q/health/ready");
            Instant end = Instant.now().plus(LONGEST);
            while (status(HttpRequest.newBuilder(ready).build()) != 503) {
                assertThat(Instant.now()).as("still ready").isBefore(end);
                Thread.sleep(50);
            }
            assertThat(
                            status(
                                    HttpRequest.newBuilder(service.http().resolve("/q/health/live"))
                                            .build()))
                    .isEqualTo(200);
            assertThat(
                            status(
                                    HttpRequest.newBuilder(
                                                    service.http()
                                                            .resolve("/v1/models/reviews/classify"))
                                            .header("Content-Type", "application/json")
                                            .POST(BodyPublishers.ofString("{\"text\": \"good\"}"))
                                            .build()))
                    .isEqualTo(200);
            assertThat(service.process().waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS))
                    .as("ended")
                    .isTrue();
        }
    }

    private int status(HttpRequest request) throws Exception {
        HttpResponse<Void> response = client.send(request, BodyHandlers.discarding());
        return response.statusCode();
    }
}
