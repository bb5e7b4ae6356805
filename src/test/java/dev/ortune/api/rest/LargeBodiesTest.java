package dev.ortune.api.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What becomes of a connection over which a body came that was too large to be read. */
@QuarkusTest
@QuarkusTestResource(TinyModels.class)
class LargeBodiesTest {

    private static final String CLASSIFY = "/v1/models/reviews/classify";

    /** More than any window of HTTP/2's flow control has room for. */
    private static final int LARGE_BYTES = 200_000;

    private static final int MANY = 20;

    @Test
    void overHttp11TheConnectionIsClosed() throws Exception {
        HttpResponse<String> answer = send(client(Version.HTTP_1_1), LARGE_BYTES);
        isRefused(answer);
        assertThat(answer.headers().firstValue("connection")).hasValue("close");
    }

    @Test
    void overHttp2ItGoesOnAndNoHeaderSpeaksOfIt() throws Exception {
        HttpClient client = client(Version.HTTP_2);
        assertThat(send(client, 1).version()).isEqualTo(Version.HTTP_2);
        for (int time = 0; time < MANY; time++) {
            HttpResponse<String> answer = send(client, LARGE_BYTES);
            assertThat(answer.version()).isEqualTo(Version.HTTP_2);
            isRefused(answer);
            // RFC 9113, section 8.2.2: with one the answer is malformed.
            assertThat(answer.headers().firstValue("connection")).isEmpty();
        }
        assertThat(send(client, 1).statusCode()).isEqualTo(200);
    }

    @Test
    void overHttp2OneThatDoesNotAnnounceItsLengthIsRefusedToo() throws Exception {
        HttpClient client = client(Version.HTTP_2);
        assertThat(send(client, 1).version()).isEqualTo(Version.HTTP_2);
        HttpResponse<String> answer =
                client.send(
                        request()
                                .POST(
                                        BodyPublishers.ofInputStream(
                                                () ->
                                                        new ByteArrayInputStream(
                                                                new byte[LARGE_BYTES])))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(Version.HTTP_2);
        isRefused(answer);
        assertThat(answer.headers().firstValue("connection")).isEmpty();
        assertThat(send(client, 1).statusCode()).isEqualTo(200);
    }

    private static void isRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("\"code\":\"REQUEST_ENTITY_TOO_LARGE\"");
    }

    private static HttpClient client(Version version) {
        return HttpClient.newBuilder().version(version).build();
    }

    private static HttpResponse<String> send(HttpClient client, int textBytes)
            throws IOException, InterruptedException {
        return client.send(
                request()
                        .POST(
                                BodyPublishers.ofString(
                                        "{\"text\":\"" + "a".repeat(textBytes) + "\"}"))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpRequest.Builder request() {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + RestAssured.port + CLASSIFY))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "application/json");
    }
}
