package dev.ortune.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ortune.api.rest.FreePort;
import dev.ortune.database.DatabaseSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pod is replaced while it still ends: its successor finds the H2 database open. */
class StartPatienceIT {

    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final String DATABASE_URL = "ortune.database.url";

    private RunningService predecessor;
    private Process successor;
    private URI address;

    @TempDir private Path folder;

    @BeforeEach
    void startOneAfterTheOther() throws Exception {
        String url = DatabaseSettings.embeddedUrl(folder.resolve("database"));
        predecessor =
                RunningService.start(
                        Files.createDirectory(folder.resolve("before")), Map.of(DATABASE_URL, url));
        int port = FreePort.find();
        address = URI.create("http://127.0.0.1:" + port + "/q/health/ready");
        successor =
                PackagedProgram.start(
                        folder,
                        folder,
                        Map.of(
                                "ORTUNE_DATABASE_URL",
                                url,
                                "ORTUNE_DATABASE_START_PATIENCE",
                                "PT1H",
                                "QUARKUS_HTTP_PORT",
                                Integer.toString(port),
                                "QUARKUS_GRPC_SERVER_PORT",
                                Integer.toString(FreePort.find())),
                        "serve");
        await(() -> PackagedProgram.error(folder).contains("It is tried again for 3600 s"));
    }

    @AfterEach
    void end() throws InterruptedException {
        predecessor.close();
        successor.destroyForcibly().waitFor();
    }

    @Test
    void itIsReadyOnceTheOtherHasEnded() throws Exception {
        assertThat(isReady()).isFalse();
        predecessor.close();
        await(this::isReady);
    }

    @Test
    void itEndsWhenItIsToldToWhileItWaits() throws Exception {
        successor.destroy();
        assertThat(successor.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    private boolean isReady() throws InterruptedException {
        try {
            return HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(address).build(),
                                    BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private void await(Callable<Boolean> condition) throws Exception {
        Instant end = Instant.now().plus(LONGEST);
        while (!condition.call()) {
            assertThat(successor.isAlive()).as(PackagedProgram.error(folder)).isTrue();
            assertThat(Instant.now()).as(PackagedProgram.error(folder)).isBefore(end);
            Thread.sleep(100);
        }
    }
}
